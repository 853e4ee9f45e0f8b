/** Bent token requests: each spends a fresh code, with one change. */
import { challengeOf } from '../attack/authorize.ts'
import { findDemoSwitches } from '../attack/demo-switches.ts'
import type { Edit } from '../attack/scripted-hold.ts'
import { type Answer, isOutage, said } from '../attack/verdict.ts'
import { jsonObject, textOf } from '../oauth/check.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { accepted, notApplicable, refusalOf, safe, skipped, unread, unreadable, unsafe } from './findings.ts'

const rfc6749 = (section: string) => ({ document: 'RFC 6749' as const, section })
const rfc7636 = (section: string) => ({ document: 'RFC 7636' as const, section })

type Bend = (form: URLSearchParams, challenge: string) => void

/** A fresh code with a bent form; when the answer cannot be read, the good form follows and tells. */
async function bent(tools: CardTools, bend: Bend, note: string): Promise<Finding> {
  const begun = await tools.clean()
  const challenge = await challengeOf(begun)
  return refusalOf(
    await tools.redeem(begun, form => bend(form, challenge)),
    (_, seen) => unsafe(seen, note),
    () => goodOne(tools, begun),
  )
}

/** After an answer that could not be read: the good request. Success means that the bad one was refused. */
async function goodOne(tools: CardTools, begun: Parameters<CardTools['redeem']>[0]): Promise<Finding> {
  const answer = await tools.redeem(begun)
  if (answer.type === 'unread') return unreadable(answer.error.code, unread)
  return accepted(answer.response)
    ? safe('refused, unreadably', 'The answer could not be read, and the code still worked afterwards.')
    : unreadable(said(answer.response), 'The answer could not be read, and the code was gone afterwards.')
}

/** The form as the query of a GET. */
const asQuery: Edit = message => {
  if (message.type !== 'request' || message.purpose !== 'token') return null
  const url = new URL(message.request.url)
  for (const [name, value] of new URLSearchParams(message.request.body ?? ''))
    url.searchParams.append(name, value)
  const { 'content-type': _dropped, ...headers } = message.request.headers
  return { ...message, request: { method: 'GET', url: url.href, headers, body: null } }
}

export const codeChecks: readonly ReportCheck[] = [
  {
    number: 20,
    part: 'token',
    title: 'Compares the verifier',
    sent: 'The verifier, reversed.',
    safeAnswer: 'invalid_grant',
    clauses: [rfc7636('4.6')],
    level: 'must',
    needs: ['control'],
    story: {
      text: 'Gitea took any verifier for an S256 challenge until 1.25.5 (CVE-2026-26247).',
      url: 'https://nvd.nist.gov/vuln/detail/CVE-2026-26247',
    },
    run: tools =>
      bent(
        tools,
        form => form.set('code_verifier', [...(form.get('code_verifier') ?? '')].reverse().join('')),
        'PKCE is not checked: a stolen code is worth tokens.',
      ),
  },
  {
    number: 21,
    part: 'token',
    title: 'Demands the verifier',
    sent: 'No code_verifier.',
    safeAnswer: 'invalid_grant or invalid_request',
    clauses: [{ document: 'RFC 9700', section: '2.1.1' }],
    level: 'must',
    needs: ['control'],
    run: tools =>
      bent(tools, form => form.delete('code_verifier'), 'Leaving the verifier out is enough to pass.'),
  },
  {
    number: 22,
    part: 'token',
    title: 'Makes the hash itself',
    sent: 'The challenge as verifier: what anybody has who saw the address.',
    safeAnswer: 'invalid_grant',
    clauses: [rfc7636('4.6')],
    level: 'must',
    needs: ['control'],
    run: tools =>
      bent(
        tools,
        (form, challenge) => form.set('code_verifier', challenge),
        'The challenge is in the address, so the secret is no secret.',
      ),
  },
  {
    number: 25,
    part: 'token',
    title: 'What a wrong guess does to the code',
    sent: 'A wrong verifier, then the right one.',
    safeAnswer: 'For information: the code is burnt, or kept.',
    clauses: [rfc7636('4.6')],
    level: 'may',
    needs: ['control'],
    run: burntOrKept,
  },
  {
    number: 28,
    part: 'token',
    title: 'Compares the redirect address again',
    sent: 'Another redirect_uri in the token request, then none.',
    safeAnswer: 'invalid_grant',
    clauses: [rfc6749('4.1.3')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const note =
        'It did not compare. A server of OAuth 2.1 may leave it out by design, because PKCE does the work.'
      const other = (form: URLSearchParams) =>
        form.set('redirect_uri', `${form.get('redirect_uri') ?? ''}/lens`)
      const first = await bent(tools, other, note)
      if (first.verdict !== 'safe') return first
      const second = await bent(tools, form => form.delete('redirect_uri'), note)
      return { ...second, seen: `another: ${first.seen}, none: ${second.seen}` }
    },
  },
  {
    number: 29,
    part: 'token',
    title: 'Binds the code to the app',
    sent: 'The code of this app, handed in by a second client of yours.',
    safeAnswer: 'invalid_grant',
    clauses: [rfc6749('4.1.3')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const other = await otherClientOf(tools)
      if (other === null)
        return skipped('', 'It needs a second client of yours. Name one in the settings of the run.')
      return bent(tools, form => form.set('client_id', other), 'One app can spend the codes of another.')
    },
  },
  {
    number: 30,
    part: 'token',
    title: 'Takes token requests by POST only',
    sent: 'GET, with everything in the query.',
    safeAnswer: '405 or invalid_request',
    clauses: [rfc6749('3.2')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const begun = await tools.clean()
      const answer = await tools.redeemEdited(begun, asQuery)
      if (answer.type === 'response' && /^40[45]/.test(String(answer.response.status)))
        return safe(said(answer.response))
      return refusalOf(
        answer,
        (_, seen) => unsafe(seen, 'Codes and verifiers would stand in logs.'),
        () => goodOne(tools, begun),
      )
    },
  },
  {
    number: 31,
    part: 'token',
    title: 'Takes each form field once',
    sent: 'grant_type twice',
    safeAnswer: 'invalid_request',
    clauses: [rfc6749('3.2')],
    level: 'must',
    needs: ['control'],
    run: tools =>
      bent(
        tools,
        form => form.append('grant_type', 'authorization_code'),
        'Two readers of one request can read it in two ways.',
      ),
  },
  {
    number: 32,
    part: 'token',
    title: 'Forbids caching of tokens',
    sent: 'A clean exchange; the headers are read.',
    safeAnswer: 'Cache-Control: no-store',
    clauses: [rfc6749('5.1')],
    level: 'must',
    needs: ['control'],
    async run({ sample }) {
      const header = (await sample()).answer.response.headers['cache-control']
      return /\bno-store\b/i.test(header ?? '')
        ? safe(header ?? '')
        : unsafe(header ?? 'no Cache-Control', 'A cache on the way may keep the tokens.')
    },
  },
  {
    number: 33,
    part: 'token',
    title: 'Takes no passwords',
    sent: 'grant_type=password with a made-up user.',
    safeAnswer: 'unsupported_grant_type or unauthorized_client',
    clauses: [{ document: 'RFC 9700', section: '2.4' }],
    level: 'must',
    needs: ['control'],
    optIn: true,
    run: passwordGrant,
  },
]

/** A second client at this provider: the person named one, or the demo provider has one. */
export async function otherClientOf({ options, config, bench }: CardTools): Promise<string | null> {
  if (options.otherClientId !== null) return options.otherClientId
  return (await findDemoSwitches(config.issuer, bench().ports)) ? 'pkce-lens-other' : null
}

async function burntOrKept(tools: CardTools): Promise<Finding> {
  const begun = await tools.clean()
  const wrong = await tools.redeem(begun, form =>
    form.set('code_verifier', [...(form.get('code_verifier') ?? '')].reverse().join('')),
  )
  if (wrong.type === 'response' && accepted(wrong.response))
    return notApplicable(said(wrong.response), 'The wrong verifier was taken: see 20.')
  const right = await tools.redeem(begun)
  if (right.type === 'unread') return unreadable(right.error.code, unread)
  if (isOutage(right.response)) return unreadable(said(right.response), 'The server could not answer.')
  return accepted(right.response)
    ? safe(
        'kept',
        'The code survives a wrong guess. That is fine as long as short verifiers are refused: see 24.',
      )
    : safe('burnt', 'One wrong guess ends the code.')
}

async function passwordGrant(tools: CardTools): Promise<Finding> {
  const begun = await tools.clean()
  const answer: Answer = await tools.redeem(begun, form => {
    for (const name of ['code', 'code_verifier', 'redirect_uri']) form.delete(name)
    form.set('grant_type', 'password')
    form.set('username', `lens-nobody-${crypto.randomUUID()}`)
    form.set('password', crypto.randomUUID())
    form.set('scope', 'openid')
  })
  const note = 'The grant is open: it looked the made-up user up.'
  if (answer.type === 'response' && textOf(jsonObject(answer.response.body)?.['error']) === 'invalid_grant')
    return unsafe(said(answer.response), note)
  return refusalOf(answer, (_, seen) => unsafe(seen, note))
}
