/** The API, or UserInfo: which tokens it lets in. */
import { flipped, unsignedJwt } from '../attack/forge.ts'
import { isOutage, said } from '../attack/verdict.ts'
import { decodeJwt } from '../oauth/id-token.ts'
import { authorizationHeader } from '../oauth/profile.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, Level, ReportCheck } from './check.ts'
import type { Sample } from './clean-run.ts'
import { accepted, CheckEnded, safe, unread, unreadable, unsafe } from './findings.ts'

/** A sample whose token works. @throws CheckEnded when even the good token is refused: then a refusal proves nothing */
export async function workingSample(tools: CardTools, sample: Sample, url: string): Promise<Sample> {
  const answer = await tools.use(sample, url)
  if (answer.type === 'unread') throw new CheckEnded(unreadable(answer.error.code, unread))
  if (accepted(answer.response)) return sample
  throw new CheckEnded(
    unreadable(
      said(answer.response),
      'The API refused a good token, so a refusal of a bad one proves nothing.',
    ),
  )
}

/** The same claims, unsigned; null when the token is no JWT. */
export function unsigned(token: string): string | null {
  const jwt = decodeJwt(token)
  return jwt && unsignedJwt(jwt.header, jwt.payload)
}

export interface Try {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly url?: string
  /** Where letting it in breaks less than the strongest clause of the check. */
  readonly level?: Level
}

/** Every try must be refused; the first that is let in decides. */
export async function allRefused(
  tools: CardTools,
  api: string,
  tries: readonly Try[],
  note: string,
): Promise<Finding> {
  const seen: string[] = []
  for (const { name, headers, url, level } of tries) {
    const answer = await tools.call(url ?? api, headers)
    if (answer.type === 'unread') return unreadable(`${name}: ${answer.error.code}`, unread)
    if (accepted(answer.response))
      return { ...unsafe(`${name}: ${said(answer.response)}`, note), ...(level && { level }) }
    if (isOutage(answer.response))
      return unreadable(`${name}: ${said(answer.response)}`, 'The server could not answer.')
    seen.push(`${name}: ${said(answer.response)}`)
  }
  return safe(seen.join(', '))
}

export const resourceChecks: readonly ReportCheck[] = [
  {
    number: 41,
    part: 'tokens',
    title: 'Lets forged tokens bounce',
    sent: 'An altered access token, an unsigned copy, and the ID token in its place.',
    safeAnswer: '401 invalid_token',
    clauses: [
      { document: 'RFC 6750', section: '3.1' },
      { document: 'RFC 6749', section: '7' },
    ],
    level: 'must',
    needs: ['control', 'api'],
    async run(tools) {
      const api = tools.api() ?? ''
      const { tokens } = await workingSample(tools, await tools.sample(), api)
      const bare = unsigned(tokens.accessToken)
      const forged = [
        { name: 'altered', token: flipped(tokens.accessToken) },
        ...(bare === null ? [] : [{ name: 'alg none', token: bare }]),
        ...(tokens.idToken === null ? [] : [{ name: 'ID token', token: tokens.idToken }]),
      ]
      const tries = forged.map(({ name, token }) => ({
        name,
        headers: { authorization: authorizationHeader({ ...tokens, accessToken: token }) },
      }))
      return allRefused(tools, api, tries, 'The API let in a token that the provider did not make for it.')
    },
  },
  {
    number: 42,
    part: 'tokens',
    title: 'Reads no token from the address',
    sent: 'A good token as ?access_token=',
    safeAnswer: 'Refused.',
    clauses: [
      { document: 'RFC 9700', section: '4.3.2' },
      { document: 'RFC 6750', section: '2.3' },
    ],
    level: 'should',
    needs: ['control', 'api'],
    async run(tools) {
      const api = tools.api() ?? ''
      const { tokens } = await workingSample(tools, await tools.sample(), api)
      const url = new URL(api)
      url.searchParams.set('access_token', tokens.accessToken)
      const tries = [{ name: 'in the query', headers: {}, url: url.href }]
      return allRefused(tools, api, tries, 'Logs and histories would fill with tokens.')
    },
  },
]
