/** The tokens themselves: the ID token, lifetimes, and how much chance is in a secret. */
import { onlyOpenId } from '../attack/app-under-attack.ts'
import { said } from '../attack/verdict.ts'
import { jsonObject, textOf } from '../oauth/check.ts'
import { decodeJwt, judgeIdToken } from '../oauth/id-token.ts'
import type { HttpResponse } from '../oauth/step.ts'
import { newFlow } from '../session/wire.ts'
import { duration } from '../ui/format.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { accepted, notApplicable, safe, unread, unreadable, unsafe } from './findings.ts'

const core = (section: string) => ({ document: 'OpenID Connect Core' as const, section })

export const tokenChecks: readonly ReportCheck[] = [
  {
    number: 39,
    part: 'tokens',
    title: 'Makes ID tokens that hold',
    sent: 'A clean sign-in; the ID token is checked here.',
    safeAnswer: 'Signature, iss, aud, nonce, exp and at_hash hold, and alg is not none.',
    clauses: [core('3.1.3.7'), core('3.1.3.8')],
    level: 'must',
    needs: ['control'],
    run: idToken,
  },
  {
    number: 40,
    part: 'tokens',
    title: 'Speaks of one person',
    sent: 'UserInfo is read beside the ID token.',
    safeAnswer: 'sub is the same.',
    clauses: [core('5.3.2')],
    level: 'must',
    needs: ['control', 'userinfo'],
    async run(tools) {
      const sample = await tools.sample(onlyOpenId)
      const expected = textOf(decodeJwt(sample.tokens.idToken ?? '')?.payload['sub'])
      if (expected === undefined) return notApplicable('no ID token', 'There is nothing to compare with.')
      const answer = await tools.use(sample, tools.metadata.userinfo_endpoint ?? '')
      if (answer.type === 'unread') return unreadable(answer.error.code, unread)
      if (!accepted(answer.response))
        return unreadable(said(answer.response), 'UserInfo refused a good token.')
      return personFinding(answer.response, expected)
    },
  },
  {
    number: 43,
    part: 'tokens',
    title: 'Lets tokens end soon',
    sent: 'A clean exchange; the lifetime is read.',
    safeAnswer: 'An hour at most for an access token; ten minutes is very short.',
    clauses: [{ document: 'RFC 6750', section: '5.3' }],
    level: 'should',
    needs: ['control'],
    async run({ sample }) {
      const { tokens } = await sample()
      const claims = decodeJwt(tokens.accessToken)?.payload
      const inside = Number(claims?.['exp']) - Number(claims?.['iat'])
      const seconds = tokens.expiresIn ?? (inside > 0 ? inside : null)
      if (seconds === null)
        return unreadable('not said', 'Neither expires_in nor the token says when it ends.')
      const note = 'How long a code lives cannot be seen without waiting for its end.'
      return seconds > 3600
        ? unsafe(duration(seconds * 1000), 'Longer than an hour.')
        : safe(duration(seconds * 1000), note)
    },
  },
  {
    number: 44,
    part: 'tokens',
    title: 'Makes secrets that nobody guesses',
    sent: 'Two clean sign-ins; the secrets are measured.',
    safeAnswer: '128 bits or more are plausible (length and alphabet, an estimate).',
    clauses: [{ document: 'RFC 6749', section: '10.10' }],
    level: 'must',
    needs: ['control'],
    async run({ sample }) {
      const samples = [await sample(), await sample()]
      const named = samples.flatMap(({ begun, tokens }) => [
        { name: 'code', text: begun.code },
        ...(tokens.refreshToken === null ? [] : [{ name: 'refresh token', text: tokens.refreshToken }]),
      ])
      const texts = new Set(named.map(each => each.text))
      if (texts.size !== named.length)
        return unsafe('the same value twice', 'Two sign-ins gave the same secret.')
      const weak = named.filter(each => estimatedBits(each.text) < 128)
      const seen = (list: typeof named) =>
        [...new Set(list.map(each => `${each.name}: about ${estimatedBits(each.text)} bits`))].join(', ')
      return weak.length > 0
        ? unsafe(seen(weak), 'Less than the 128 bits that the RFC demands.')
        : safe(seen(named), 'An estimate from length and alphabet: it cannot show how the values are made.')
    },
  },
]

/** Whom UserInfo speaks about, beside the `sub` of the ID token. */
export function personFinding({ headers, body }: HttpResponse, expected: string): Finding {
  if (/^application\/jwt\b/i.test(headers['content-type'] ?? ''))
    return notApplicable(
      'application/jwt',
      'UserInfo is signed or encrypted here, and this app reads JSON only.',
    )
  const sub = textOf(jsonObject(body)?.['sub'])
  if (sub === undefined) return unsafe('no sub', 'UserInfo does not say whom it describes.')
  return sub === expected
    ? safe('the same sub')
    : unsafe('another sub', 'UserInfo speaks about somebody else than the ID token.')
}

async function idToken(tools: CardTools): Promise<Finding> {
  const { begun, tokens } = await tools.sample()
  if (tokens.idToken === null)
    return begun.config.scope.split(' ').includes('openid')
      ? unsafe('no ID token', 'openid was asked, and no ID token came.')
      : notApplicable('', 'The scope holds no openid.')
  const { ports, servers, wire } = tools.bench()
  const flow = newFlow('prepare')
  const { checks, error } = await judgeIdToken(tokens.idToken, {
    issuer: tools.config.issuer,
    clientId: begun.config.clientId,
    trustedAudiences: begun.config.trustedAudiences,
    announcedAlgorithms: tools.metadata.id_token_signing_alg_values_supported,
    nonce: begun.leaving.transaction.nonce,
    accessToken: tokens.accessToken,
    now: ports.now(),
    // Pasted keys are tried before those that perhaps cannot be read.
    keySets: [
      async () => (await servers.get(tools.config.issuer, flow)).keys,
      () => servers.fetchKeys(tools.metadata, flow),
    ],
  })
  wire.tell(begun.flow, { kind: 'id_token_checked', idToken: tokens.idToken, checks })
  if (error)
    return unsafe(
      error.code,
      `${error.expected ?? 'Expected something else'}. It says: ${error.received ?? 'nothing'}.`,
    )
  return safe(`${checks.filter(({ outcome }) => outcome === 'passed').length} checks hold`)
}

/** Length times the bits of the alphabet that is seen: no more than that many. A structured token counts its longest part. */
export function estimatedBits(text: string): number {
  const part = text.split('.').reduce((longest, each) => (each.length > longest.length ? each : longest), '')
  const alphabet = /^\d+$/.test(part) ? 10 : /^[\da-f]+$/i.test(part) && part.length >= 16 ? 16 : 64
  return Math.round(part.length * Math.log2(alphabet))
}
