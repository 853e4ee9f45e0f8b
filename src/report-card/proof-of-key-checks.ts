/** DPoP and pushed requests: extensions that some providers have. */
import { authorize } from '../attack/authorize.ts'
import { jwtPart } from '../attack/forge.ts'
import { openInFrame } from '../attack/in-frame.ts'
import { said } from '../attack/verdict.ts'
import { createDpopKey, createProof, type DpopKey, type ProofOf } from '../oauth/dpop.ts'
import { decodeJwt } from '../oauth/id-token.ts'
import { base64url } from '../oauth/keys.ts'
import { asksForNonce, newFlow } from '../session/wire.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { accepted, CheckEnded, notApplicable, safe, unread, unreadable, unsafe } from './findings.ts'
import { silenceFinding } from './front.ts'
import { allRefused, unsigned, workingSample } from './resource-checks.ts'

/** A proof with another header or other claims than a good one, signed all the same. */
async function bentProof(key: DpopKey, good: string, header: object, claims: object): Promise<string> {
  const parts = decodeJwt(good)
  const input = `${jwtPart({ ...parts?.header, ...header })}.${jwtPart({ ...parts?.payload, ...claims })}`
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.privateKey,
    new TextEncoder().encode(input),
  )
  return `${input}.${base64url(new Uint8Array(signature))}`
}

/**
 * A good proof that the API took, with its nonce where it wants one.
 * @throws CheckEnded when it takes none: then a refusal of a bad one proves nothing
 */
async function takenProof(
  tools: CardTools,
  key: DpopKey,
  api: string,
  accessToken: string,
): Promise<{ of: ProofOf; used: string }> {
  for (let nonce: string | undefined, attempt = 1; ; attempt++) {
    const of = { method: 'GET', url: api, now: tools.bench().ports.now(), nonce, accessToken }
    const used = await createProof(key, of)
    const answer = await tools.call(api, { authorization: `DPoP ${accessToken}`, dpop: used })
    if (answer.type === 'unread') throw new CheckEnded(unreadable(answer.error.code, unread))
    const { response } = answer
    if (accepted(response)) return { of, used }
    nonce = response.headers['dpop-nonce']
    if (attempt > 1 || nonce === undefined || !asksForNonce(response))
      throw new CheckEnded(
        unreadable(said(response), 'The API refused a good proof, so a refusal of a bad one proves nothing.'),
      )
  }
}

async function boundToken(tools: CardTools): Promise<Finding> {
  const api = tools.api() ?? ''
  const sample = await workingSample(tools, await tools.sample({ dpop: true }), api).catch(
    (error: unknown) => {
      if (error instanceof CheckEnded && error.finding.verdict === 'unreadable')
        throw new CheckEnded(
          notApplicable(
            error.finding.seen,
            'The API does not take bound tokens, so there is nothing to try.',
          ),
        )
      throw error
    },
  )
  const key = sample.begun.leaving.dpop
  if (!key) return notApplicable('', 'No key was made.')
  const { accessToken } = sample.tokens
  const bound = (dpop: string) => ({ authorization: `DPoP ${accessToken}`, dpop })
  const { of, used } = await takenProof(tools, key, api, accessToken)
  const proof = () => createProof(key, of)
  return allRefused(
    tools,
    api,
    [
      { name: 'as Bearer', headers: { authorization: `Bearer ${accessToken}` } },
      { name: 'no proof', headers: { authorization: `DPoP ${accessToken}` } },
      { name: 'proof used twice', headers: bound(used) },
      { name: 'another key', headers: bound(await createProof(await createDpopKey(), of)) },
      { name: 'no jti', headers: bound(await bentProof(key, await proof(), {}, { jti: undefined })) },
      { name: 'wrong typ', headers: bound(await bentProof(key, await proof(), { typ: 'JWT' }, {})) },
      {
        name: 'wrong htu',
        headers: bound(await bentProof(key, await proof(), {}, { htu: 'https://elsewhere.example/' })),
      },
      { name: 'unsigned', headers: bound(unsigned(await proof()) ?? '') },
    ],
    'A stolen token works without the key that it is bound to, or with a proof that was copied.',
  )
}

/** The reference of a pushed request, opened a second time. */
async function pushedTwice(tools: CardTools): Promise<Finding> {
  const bench = tools.bench()
  const first = await authorize(bench, { par: true })
  if (first.type === 'stayed' || first.code === '')
    return unreadable('no code', 'The pushed request got no code the first time.')
  const again = await openInFrame(bench, newFlow('restore'), first.leaving.url, first.config.redirectUri)
  if (again === null) return silenceFinding(tools)
  const { searchParams } = new URL(again)
  return searchParams.has('code')
    ? unsafe(
        'a second code',
        'The reference works again until it expires. Once is what the RFC advises; a server may allow more, for a reload.',
      )
    : safe(searchParams.get('error') ?? 'no code')
}

export const proofOfKeyChecks: readonly ReportCheck[] = [
  {
    number: 45,
    part: 'tokens',
    title: 'Lets a bound token work with its key only',
    sent: 'A bound token as Bearer, without proof, and with six kinds of bad proof.',
    safeAnswer: '401 or invalid_dpop_proof',
    clauses: [
      { document: 'RFC 9449', section: '4.3' },
      { document: 'RFC 9449', section: '7.1' },
      { document: 'RFC 9449', section: '11.1' },
    ],
    needs: ['control', 'dpop', 'api'],
    run: boundToken,
  },
  {
    number: 46,
    part: 'tokens',
    title: 'Takes a pushed request once',
    sent: 'The same request_uri twice.',
    safeAnswer: 'Refused.',
    clauses: [
      { document: 'RFC 9126', section: '2.2' },
      { document: 'RFC 9126', section: '7.3' },
    ],
    needs: ['control', 'par'],
    run: pushedTwice,
  },
]
