import { describe, expect, it } from 'vitest'
import { citationUrl } from './documents.ts'
import { noteFor } from './notes.ts'

describe('notes', () => {
  it('what a message says of a parameter comes before what the glossary says', () => {
    expect(noteFor('token_request', 'form', 'code')).toContain('Spent by this request')
    expect(noteFor('par_request', 'form', 'code')).toBe('Ticket for one exchange.')
  })

  it('the same name means what its place says', () => {
    expect(noteFor('id_token_checked', 'jose', 'nonce')).toContain('Microsoft')
    expect(noteFor('id_token_checked', 'claim', 'nonce')).toContain('authorization request')
  })

  it('header names come in any case', () => {
    expect(noteFor('api_response', 'header', 'www-authenticate')).toBe(
      noteFor('api_response', 'header', 'WWW-Authenticate'),
    )
  })

  it.each(['constructor', '__proto__', 'toString', 'no_such_name'])('%s is not known', name => {
    expect(noteFor('token_response', 'member', name)).toBeNull()
    expect(noteFor('token_response', 'jose', name)).toBeNull()
  })
})

describe('citations', () => {
  it.each([
    ['RFC 9207 §2.4', 'https://www.rfc-editor.org/rfc/rfc9207.html#section-2.4'],
    [
      'OpenID Connect Core 1.0 §3.1.3.7',
      'https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.3.1.3.7',
    ],
    ['OIDC Core §5.3.2', 'https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.5.3.2'],
    ['RFC 6749 §4.1.2, §4.1.2.1', 'https://www.rfc-editor.org/rfc/rfc6749.html#section-4.1.2'],
  ])('%s leads to its section', (citation, url) => {
    expect(citationUrl(citation)).toBe(url)
  })

  it.each(['Web Crypto', 'RFC 1 §1', 'RFC 6749', '', '§', 'constructor §1'])('%j leads nowhere', citation => {
    expect(citationUrl(citation)).toBeNull()
  })
})
