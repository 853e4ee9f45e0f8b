/** What a server answered, for tests, and the short reading of a judgement. */
import type { Judgement } from './check.ts'
import type { Fetch } from './metadata.ts'
import type { Check, HttpResponse } from './step.ts'

export const answer = (
  body: unknown,
  status = 200,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): HttpResponse => ({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

/** The code of the first failure, or `accepted`. */
export const codeOf = ({ error, value }: Judgement<unknown>): string =>
  error?.code ?? (value === null ? 'no value' : 'accepted')

/** `requirement code` of every check that did not pass, in order. */
export const findings = (checks: readonly Check[]): string[] =>
  checks
    .filter(each => each.outcome !== 'passed')
    .map(each => `${each.requirement} ${each.code ?? each.outcome}`)

export const requirementsOf = (checks: readonly Check[]): string[] => checks.map(each => each.requirement)

export interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: URLSearchParams
}

/** A fetch that notes what it was asked and gives one answer. */
export function listening(response = new Response('{}')): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = []
  const fetch: Fetch = async (url, init) => {
    sent.push({
      url,
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      body: new URLSearchParams(String(init.body ?? '')),
    })
    return response
  }
  return { fetch, sent }
}
