/** DPoP and pushed requests: extensions that some providers have. */
import { authorize, needsPerson } from '../attack/authorize.ts'
import { jwtPart } from '../attack/forge.ts'
import { openInFrame } from '../attack/in-frame.ts'
import { said } from '../attack/verdict.ts'
import { createDpopKey, createProof, type DpopKey, type ProofOf } from '../oauth/dpop.ts'
import { decodeJwt } from '../oauth/id-token.ts'
import { base64url } from '../oauth/keys.ts'
import { prepareSignIn, silentCallback } from '../session/sign-in.ts'
import { asksForNonce, type Flow, newFlow } from '../session/wire.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { otherClientOf } from './code-checks.ts'
import { accepted, CheckEnded, notApplicable, safe, unread, unreadable, unsafe } from './findings.ts'
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
      { name: 'another key', headers: bound(await createProof(await createDpopKey(), of)) },
      { name: 'no jti', headers: bound(await bentProof(key, await proof(), {}, { jti: undefined })) },
      { name: 'wrong typ', headers: bound(await bentProof(key, await proof(), { typ: 'JWT' }, {})) },
      {
        name: 'wrong htu',
        headers: bound(await bentProof(key, await proof(), {}, { htu: 'https://elsewhere.example/' })),
      },
      { name: 'unsigned', headers: bound(unsigned(await proof()) ?? '') },
      // The RFC says that servers can remember proofs, not that they must (§11.1).
      { name: 'proof used twice', headers: bound(used), level: 'may' },
    ],
    'A stolen token works without the key that it is bound to, or with a proof that was copied.',
  )
}

/** The reference of a pushed request, opened a second time, and a fresh one opened by another client. */
async function pushedAgain(tools: CardTools): Promise<Finding> {
  const first = await authorize(tools.bench(), { par: true })
  if (first.type === 'stayed' || first.code === '')
    return unreadable('no code', 'The pushed request got no code the first time.')
  const twice = await inFrame(tools, newFlow('restore'), first.leaving.url, {
    ...unsafe(
      'a second code',
      'The reference works again until it expires. Once is what the RFC advises; a server may allow more, for a reload.',
    ),
    level: 'should',
  })
  const other = await otherClientOf(tools)
  if (other === null) {
    const note = `${twice.note} Another client was not tried: name one in the settings.`.trim()
    // The half that the RFC says must was not tried.
    return twice.verdict === 'safe' ? unreadable(`twice: ${twice.seen}`, note) : { ...twice, note }
  }
  const byOther = await pushedForAnother(tools, other)
  // What breaks a MUST is told first, and unreadable is never safe.
  if (byOther.verdict === 'unsafe') return byOther
  if (twice.verdict !== 'safe') return twice
  return { ...byOther, seen: `twice: ${twice.seen}, by another: ${byOther.seen}` }
}

async function pushedForAnother(tools: CardTools, clientId: string): Promise<Finding> {
  const bench = tools.bench()
  const flow = newFlow('restore')
  const config = { ...bench.config, redirectUri: silentCallback(bench), par: true }
  const options = { flow, via: 'frame', purpose: 'restore' } as const
  const url = new URL((await prepareSignIn(bench, config, { prompt: 'none' }, options)).url)
  url.searchParams.set('client_id', clientId)
  const note = 'Another client opened the request that this app pushed.'
  return inFrame(tools, flow, url.href, unsafe('a code for another client', note))
}

/** Silence says something only where a clean request is heard in a frame. */
async function inFrame(tools: CardTools, flow: Flow, url: string, whenCode: Finding): Promise<Finding> {
  const bench = tools.bench()
  const back = await openInFrame(bench, flow, url, silentCallback(bench))
  if (back === null)
    return (await tools.clean()).via === 'frame'
      ? safe('kept at the provider', 'Nothing came back, and the clean request right after did.')
      : unreadable('no answer', 'A frame gets no answer here, so silence says nothing.')
  const { searchParams } = new URL(back)
  if (searchParams.has('code')) return whenCode
  const error = searchParams.get('error') ?? 'no code'
  return needsPerson.test(error)
    ? unreadable(error, 'It wants to see the person, so whether it takes the request is not clear.')
    : safe(error)
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
    level: 'must',
    needs: ['control', 'dpop', 'api'],
    run: boundToken,
  },
  {
    number: 46,
    part: 'tokens',
    title: 'Takes a pushed request once',
    sent: 'The same request_uri twice, and one that is opened by a second client of yours.',
    safeAnswer: 'Refused.',
    clauses: [
      { document: 'RFC 9126', section: '2.2' },
      { document: 'RFC 9126', section: '7.3' },
    ],
    level: 'must',
    needs: ['control', 'par'],
    run: pushedAgain,
  },
]
