import fc from 'fast-check'
import { base64url, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { carriedText } from '../sequence/carried.ts'
import { of } from '../sequence/fixtures.test-data.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { decodeToken, memberOf, signatureVerdict } from './decode-token.ts'
import { messagesOf } from './story.test-data.ts'
import { formText, signatureTexts } from './token-texts.ts'

const key = new TextEncoder().encode('a key of this test, long enough for HMAC')

async function token(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', ...header }).sign(key)
}

function valueIn(message: Message, value: Carried['value']): Carried {
  const found = message.carried.find(carried => carried.value === value)
  if (found?.text === null || found === undefined) throw new Error(`no ${value}`)
  return found
}

describe('a token taken apart', () => {
  it('shows header and payload in order, texts as texts and the rest as JSON', async () => {
    const decoded = decodeToken(await token({ sub: 'u_7', name: 'Zoë 日本', aud: ['a', 'b'], exp: 5 }))
    if (decoded.type !== 'jwt') throw new Error('not a JWT')
    expect(decoded.payload.members).toEqual([
      { name: 'sub', value: 'u_7' },
      { name: 'name', value: 'Zoë 日本' },
      { name: 'aud', value: '["a","b"]' },
      { name: 'exp', value: '5' },
    ])
    expect(memberOf(decoded.header, 'alg')).toBe('HS256')
  })

  it('IDT-01: five parts are an encrypted token', () => {
    const header = base64url.encode('{"alg":"RSA-OAEP","enc":"A256GCM"}')
    expect(decodeToken(`${header}.a.b.c.d`).type).toBe('encrypted')
  })

  it.each([
    '',
    '.',
    '..',
    'a.b.c',
    'opaque',
    'eyJ.eyJ.x',
    `${base64url.encode('[]')}.${base64url.encode('{}')}.x`,
  ])('BEAR-08: %j is opaque', text => expect(decodeToken(text).type).toBe('opaque'))

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        decodeToken(a)
        decodeToken(`${base64url.encode(a)}.${base64url.encode(b)}.x`)
      }),
    )
  })

  it('an opaque access token is said to be so on purpose', () => {
    expect(formText({ type: 'opaque' }, 'access_token')).toBe(
      'Opaque on purpose; only the issuer reads it. Nothing is missing.',
    )
    expect(formText({ type: 'opaque' }, 'id_token')).toContain('must be one')
  })
})

const good = await messagesOf((await signIn()).steps)
const bad = await messagesOf((await signIn({ failAt: 'id_token_signature' })).steps)

describe('who says that a signature is good', () => {
  function verdictOf(messages: readonly Message[], value: Carried['value']) {
    const carried = valueIn(of(messages, 'token_response'), value)
    return signatureVerdict(carried, decodeToken(carried.text ?? ''), messages)
  }

  it('IDT-06: valid only by the check that was made in this run', () => {
    expect(verdictOf(good, 'id_token').state).toBe('valid')
    expect(verdictOf(bad, 'id_token').state).toBe('invalid')
    const unchecked = good.filter(({ kind }) => kind !== 'id_token_checked')
    expect(verdictOf(unchecked, 'id_token').state).toBe('unchecked')
  })

  it('IDT-06: a skipped check is no check', () => {
    const skipped = good.map(message => ({
      ...message,
      checks: message.checks.map(check => ({ ...check, outcome: 'skipped' as const })),
    }))
    expect(verdictOf(skipped, 'id_token').state).toBe('unchecked')
  })

  it('IDT-06: the check of another token does not count', async () => {
    const other = valueIn(of(bad, 'token_response'), 'id_token')
    expect(signatureVerdict(other, decodeToken(other.text ?? ''), good).state).toBe('unchecked')
  })

  it('BEAR-08: an access token is not the app’s to verify', () => {
    expect(verdictOf(good, 'access_token').state).toBe('theirs')
    expect(signatureTexts.theirs.verdict).toBe('not yours to verify')
  })

  it('a refresh token is checked by the provider alone, whatever it looks like', async () => {
    const text = await token({ typ: 'Refresh' }, { nonce: 'abc' })
    const carried = carriedText('refresh_token', text)
    expect(signatureVerdict(carried, decodeToken(text), good).state).toBe('providers')
    expect(signatureTexts.providers.what).toContain('Only the provider')
  })

  it('a Microsoft Graph token is not anybody’s to verify but Graph’s', async () => {
    const graph = carriedText(
      'access_token',
      await token({ aud: 'https://graph.microsoft.com' }, { nonce: 'abc' }),
    )
    expect(signatureVerdict(graph, decodeToken(graph.text ?? ''), good).state).toBe('graph')
  })

  it('IDT-08: a token without a signature is never called valid', () => {
    const text = `${base64url.encode('{"alg":"none"}')}.${base64url.encode('{"sub":"x"}')}.`
    expect(signatureVerdict(carriedText('id_token', text), decodeToken(text), good).state).toBe('unsigned')
  })
})
