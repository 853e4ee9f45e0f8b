import { describe, expect, it } from 'vitest'
import { actOf } from '../sequence/acts.ts'
import { type Act, acts, type Message, type MessageKind } from '../sequence/message.ts'
import { isValueName } from '../trace/secret-places.ts'
import { authorize } from './authorize.ts'
import { clauseUrl, documents } from './documents.ts'
import { exchange } from './exchange.ts'
import { circumstances, explanations } from './explanations.ts'
import { noteFor } from './notes.ts'
import { prepare } from './prepare.ts'
import { renewAndEnd } from './renew-and-end.ts'
import { returning } from './return.ts'
import { spine, stepOf } from './spine.ts'
import { use } from './use.ts'

const all = Object.entries(explanations)

function textsOf(kind: string): string[] {
  const found = all.find(([each]) => each === kind)?.[1]
  if (found === undefined) return []
  const { title, what, why, attack, defence, failure, when = {}, instead = {}, parameters, clauses } = found
  const deeper = [
    ...Object.values(when),
    ...Object.values(instead).flatMap(texts => Object.values(texts)),
    ...Object.values(parameters),
    ...clauses.map(({ says }) => says),
  ]
  return [title, what, why, attack, defence, failure, ...deeper]
}

describe('every kind of message', () => {
  it.each(all)('%s is explained at three depths, with an attacker and a failure', (kind, text) => {
    for (const words of textsOf(kind)) expect(words.length).toBeGreaterThan(2)
    expect(text.clauses.length).toBeGreaterThan(0)
    expect(text.what).toMatch(/\.$/)
  })

  it.each(all)('%s is plain English: short sentences, no exclamation marks, no em dashes', kind => {
    for (const words of textsOf(kind)) {
      expect(words).not.toMatch(/[!\u2014\u2013]/)
      for (const sentence of words.split(/[.?] /)) expect(sentence.split(' ').length).toBeLessThanOrEqual(40)
    }
  })

  it.each(all)('%s names only values and parameters that exist', kind => {
    const parameters = ['redirect_uri', 'scope', 'post_logout_redirect_uri']
    for (const words of textsOf(kind))
      for (const [, name = ''] of words.matchAll(/\{\{(.*?)\}\}/g))
        expect(isValueName(name) || parameters.includes(name)).toBe(true)
  })

  it.each(all)('%s cites real places in official documents', (_, text) => {
    for (const clause of text.clauses) {
      expect(clause.section).toMatch(/^\d+(\.\d+)*$/)
      expect(clauseUrl(clause)).toMatch(/^https:\/\/(www\.rfc-editor\.org|openid\.net)\//)
      expect(documents[clause.document].title).not.toBe('')
    }
    const places = text.clauses.map(({ document, section }) => `${document} ${section}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('each explanation stands in the file of its act', () => {
    const files: Readonly<Record<Act, Readonly<Partial<Record<MessageKind, unknown>>>>> = {
      prepare,
      authorize,
      return: returning,
      exchange,
      use,
      renew_and_end: renewAndEnd,
    }
    for (const [act, file] of Object.entries(files))
      for (const [kind] of all) if (kind in file) expect([kind, actOf(kindOf(kind))]).toEqual([kind, act])
  })
})

function kindOf(text: string): MessageKind {
  const isKind = (each: string): each is MessageKind => Object.hasOwn(explanations, each)
  if (!isKind(text)) throw new Error(`no kind ${text}`)
  return text
}

describe('what an author of the standards would look for', () => {
  const words = all.flatMap(([kind]) => textsOf(kind))
  const ofKind = (kind: MessageKind) => textsOf(kind).join(' ')

  it('RFC 9700 §4.17 is cited for messages between windows, not the §4.18 of a draft', () => {
    expect(explanations.authorization_response_checked.clauses).toContainEqual(
      expect.objectContaining({ document: 'RFC 9700', section: '4.17.2' }),
    )
    expect(words.join(' ')).not.toMatch(/4\.18|BCP 212/)
  })

  it('PKCE is not said to protect from script in the page', () => {
    expect(ofKind('pkce_created')).toContain('It does not protect the page')
    expect(ofKind('pkce_compared')).toContain('does not help against script inside the page')
  })

  it('BBA-04: memory is not said to be a shield against injected script', () => {
    expect(ofKind('token_response')).toContain('It does not stop script that runs in the page')
  })

  it('RT-10: rotation is detection and no cure', () => {
    expect(ofKind('refresh_request')).toContain('A thief who waits until the app has stopped is not noticed')
    expect(ofKind('refresh_response')).toContain('detection after the fact and not prevention')
  })

  it('DPOP-18: DPoP is not a cure for a new silent flow', () => {
    expect(ofKind('dpop_key_created')).toContain('a silent sign-in of its own')
  })

  it('PKCE-05: a missing method is said to mean plain', () => {
    expect(noteFor('authorization_request', 'query', 'code_challenge_method')).toContain('plain')
  })

  it('PKCE-09: a missing list of methods is no reason to leave PKCE out', () => {
    expect(noteFor('discovery_response', 'member', 'code_challenge_methods_supported')).toContain(
      'sends it all the same',
    )
  })

  it('LOUT-07: coming back is not said to prove a sign-out at the provider', () => {
    expect(ofKind('end_session_response')).toContain('does not prove')
  })

  it('IDT-06: the signature check is said to be more than this flow demands', () => {
    expect(ofKind('id_token_checked')).toContain('may be left to TLS')
  })
})

describe('the spine', () => {
  it('counts as the picture counts', () => {
    const steps = acts.map(act => stepOf({ act, error: null, url: null }))
    expect(steps.map(text => text.slice(0, 11))).toEqual([1, 2, 3, 4, 5, 6].map(n => `Step ${n} of 6`))
    expect(Object.keys(spine)).toEqual([...acts])
  })

  it('does not say that somebody agreed when nobody did', () => {
    const url = 'http://localhost/callback?error=access_denied'
    expect(stepOf({ act: 'return', error: null, url })).toContain('without an authorization code')
  })
})

describe('circumstances', () => {
  const message: Message = {
    id: 'e1',
    number: '2.1',
    kind: 'authorization_request',
    act: 'authorize',
    from: 'app',
    to: 'authorization-server',
    channel: 'front',
    label: 'GET /authorize',
    status: 'done',
    never: false,
    inferred: false,
    carried: [],
    flow: 'f',
    flowType: 'sign_in',
    at: 0,
    duration: null,
    answers: null,
    request: null,
    response: null,
    url: 'https://op.example/authorize?client_id=a',
    via: 'redirect',
    checks: [],
    tampered: [],
    error: null,
    warning: null,
    held: null,
  }

  it('the usual message has none', () => {
    expect(circumstances(message)).toEqual([])
  })

  it('PAR-03: a reference in the address means that the request was pushed', () => {
    expect(circumstances({ ...message, url: `${message.url}&request_uri=urn:x` })).toEqual(['pushed'])
  })

  it('a silent one, a tampered one, a refused one, one with a proof', () => {
    expect(circumstances({ ...message, flowType: 'restore', via: 'frame' })).toEqual(['silent', 'frame'])
    expect(circumstances({ ...message, via: 'popup' })).toEqual(['popup'])
    expect(circumstances({ ...message, tampered: ['scope'] })).toEqual(['tampered'])
    expect(circumstances({ ...message, url: 'http://localhost/callback?error=access_denied' })).toEqual([
      'refused',
    ])
    const answer = { status: 200, headers: {}, body: '{"token_type": "DPoP"}' }
    expect(circumstances({ ...message, response: answer })).toEqual(['dpop'])
    expect(circumstances({ ...message, url: 'not an address' })).toEqual([])
    expect(circumstances({ ...message, flowType: 'refresh' })).toEqual(['renewed'])
  })
})
