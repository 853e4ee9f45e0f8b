/** What the provider publishes: its metadata and its keys, read as anybody can. */
import type { Answer } from '../attack/verdict.ts'
import { jsonObject, textOf, textsOf } from '../oauth/check.ts'
import { isSecureUrl } from '../oauth/client-config.ts'
import { doubledKid } from '../oauth/key-names.ts'
import { type PublicKey, parseKeys } from '../oauth/keys.ts'
import { modulusBits } from '../oauth/modulus.ts'
import { isThisComputer } from '../oauth/this-computer.ts'
import type { Finding, ReportCheck } from './check.ts'
import { accepted, CheckEnded, notApplicable, safe, unread, unreadable, unsafe } from './findings.ts'

/** The JSON of a document. @throws CheckEnded when it cannot be read */
export function documentOf(answer: Answer): Record<string, unknown> {
  if (answer.type === 'unread') throw new CheckEnded(unreadable(answer.error.code, unread))
  const json = accepted(answer.response) ? jsonObject(answer.response.body) : null
  if (!json)
    throw new CheckEnded(unreadable(String(answer.response.status), 'The document is no JSON object.'))
  return json
}

/** No issuer from elsewhere leads to a program that listens on this computer. */
export function isSafeAddress(text: string, issuer: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !isSecureUrl(url)) return false
  return !isThisComputer(url) || isThisComputer(new URL(issuer))
}

export const metadataChecks: readonly ReportCheck[] = [
  {
    number: 1,
    part: 'metadata',
    title: 'Names itself exactly',
    sent: 'The discovery document is read.',
    safeAnswer:
      'issuer equals the address that was asked, every endpoint is https, and none is on your computer.',
    clauses: [
      { document: 'RFC 8414', section: '3.3' },
      { document: 'OpenID Connect Discovery', section: '4.3' },
    ],
    level: 'must',
    needs: [],
    async run({ config, discovery }) {
      const json = documentOf(await discovery())
      const issuer = textOf(json['issuer']) ?? 'nothing'
      if (issuer !== config.issuer)
        return unsafe(
          issuer,
          `It names another issuer than ${config.issuer}. Metadata of a stranger could pass for it.`,
        )
      const open = Object.entries(json).filter(
        ([name, value]) =>
          (name.endsWith('_endpoint') || name === 'jwks_uri') &&
          typeof value === 'string' &&
          !isSafeAddress(value, issuer),
      )
      return open.length > 0
        ? unsafe(
            open.map(([name]) => name).join(', '),
            'An endpoint is not https, or leads to the computer of whoever signs in.',
          )
        : safe(issuer)
    },
  },
  {
    number: 2,
    part: 'metadata',
    title: 'Says that it knows PKCE',
    sent: 'code_challenge_methods_supported is read.',
    safeAnswer: 'The list is there and holds S256.',
    clauses: [{ document: 'RFC 9700', section: '2.1.1' }],
    level: 'must',
    needs: [],
    async run({ discovery }) {
      const methods = textsOf(documentOf(await discovery())['code_challenge_methods_supported'])
      if (!methods)
        return unreadable(
          'not said',
          'The server may know PKCE all the same: some do and do not say so. Check 6 and 20 ask it.',
        )
      return methods.includes('S256')
        ? safe(methods.join(', '))
        : unsafe(methods.join(', '), 'S256 is missing.')
    },
  },
  {
    number: 3,
    part: 'metadata',
    title: 'Offers no retired grant',
    sent: 'grant_types_supported and response_types_supported are read.',
    safeAnswer: 'No password grant, no token in the authorization response.',
    clauses: [
      { document: 'RFC 9700', section: '2.1.2' },
      { document: 'RFC 9700', section: '2.4' },
    ],
    level: 'must',
    needs: [],
    async run({ discovery }) {
      const json = documentOf(await discovery())
      const grants = textsOf(json['grant_types_supported'])
      const types = textsOf(json['response_types_supported'])
      const retired = [
        ...(types ?? []).filter(type => type.split(' ').includes('token')),
        ...(grants ?? []).filter(grant => grant === 'password' || grant === 'implicit'),
      ]
      if (retired.length > 0)
        return {
          ...unsafe(
            retired.join(', '),
            'The server offers it to somebody. Check 13 and 33 ask whether to you.',
          ),
          ...(retired.includes('password') ? {} : { level: 'should' }),
        }
      return types || grants
        ? safe([...(types ?? []), ...(grants ?? [])].join(', '))
        : unreadable('not said', 'The metadata lists neither.')
    },
  },
  {
    number: 4,
    part: 'metadata',
    title: 'Keeps scripts out of the authorization endpoint',
    sent: 'A script asks the authorization endpoint, as a page of any site could.',
    safeAnswer: 'The browser refuses to show the answer: no CORS there.',
    clauses: [{ document: 'RFC 9700', section: '2.6' }],
    level: 'must',
    needs: ['control'],
    run: async ({ config, metadata, read }) => {
      const url = new URL(metadata.authorization_endpoint)
      const parameters = {
        response_type: 'code',
        client_id: config.clientId,
        redirect_uri: config.redirectUri,
        scope: 'openid',
        prompt: 'none',
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      const answer = await read('api', url.href)
      if (answer.type === 'response')
        return unsafe(
          `${answer.response.status}, readable`,
          'A script may read what the authorization endpoint says.',
        )
      const why = [answer.error.code, ...(answer.error.hints ?? [])]
      if (why.includes('redirect_refused'))
        return unsafe('a redirect, allowed by CORS', 'A script may call the authorization endpoint.')
      return why.includes('network_or_cors_blocked')
        ? safe('blocked by the browser')
        : unreadable(why.join(', '), 'The server did not answer at all.')
    },
  },
  {
    number: 5,
    part: 'metadata',
    title: 'Signs with strong keys',
    sent: 'The published keys are read.',
    safeAnswer:
      'RSA of 2048 bits or more, known curves, no two keys of a kind with one kid, no private part.',
    clauses: [
      { document: 'RFC 7518', section: '3.3' },
      { document: 'RFC 7517', section: '4.5' },
      { document: 'OpenID Connect Core', section: '10.1' },
    ],
    level: 'must',
    needs: [],
    async run({ discovery, read }) {
      const address = textOf(documentOf(await discovery())['jwks_uri'])
      if (address === undefined) return notApplicable('no jwks_uri', 'No keys are published.')
      const keys = parseKeys(documentOf(await read('keys', address))['keys'])
      return keys === null || keys.length === 0
        ? unreadable('no keys', 'There is no list of keys.')
        : keysFinding(keys)
    },
  },
]

export function keysFinding(keys: readonly PublicKey[]): Finding {
  const weak = keys.flatMap(key => weaknessOf(key) ?? [])
  const twice = doubledKid(keys)
  if (twice !== undefined)
    return {
      ...unsafe(
        [...weak, `kid ${twice} twice`].join(', '),
        'A token names its key by kid, and these are of one kind, so an app would have to guess.',
      ),
      ...(weak.length > 0 ? {} : { level: 'should' }),
    }
  return weak.length > 0
    ? unsafe(weak.join(', '))
    : safe(keys.map(key => (key.kty === 'RSA' ? `RSA ${modulusBits(key)}` : (key.crv ?? key.kty))).join(', '))
}

function weaknessOf(key: PublicKey): string | null {
  if (key.leaked) return `${key.kid ?? key.kty} with its private part`
  if (key.kty === 'RSA') return modulusBits(key) < 2048 ? `RSA of ${modulusBits(key)} bits` : null
  const known = /^(P-256|P-384|P-521|Ed25519|Ed448|X25519|X448)$/
  return known.test(key.crv ?? '') ? null : `${key.kty} ${key.crv ?? 'without curve'}`
}
