/** What a server answered, for tests, and the short reading of a judgement. */
import type { Judgement } from './check.ts'
import type { Fetch } from './metadata.ts'
import type { Check, HttpResponse, Shown } from './step.ts'

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

const shown = (text: Shown) => (typeof text === 'string' ? text : `${text.value} ${text.text}`)

/** Each check as one line, with all that the lens shows of it. */
export const told = (checks: readonly Check[]): string[] =>
  checks.map(
    ({ requirement, name, clause, expected, received, outcome, code }) =>
      `${requirement} ${name} (${clause}): ${shown(expected)} / ${shown(received)}: ${[outcome, code].filter(Boolean).join(' ')}`,
  )

/** The same of those that did not pass. */
export const toldOfFailures = (checks: readonly Check[]): string[] =>
  told(checks.filter(each => each.outcome !== 'passed'))

export const requirementsOf = (checks: readonly Check[]): string[] => checks.map(each => each.requirement)

export interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: URLSearchParams
  readonly redirect: RequestInit['redirect']
  readonly cache: RequestInit['cache']
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
      redirect: init.redirect,
      cache: init.cache,
    })
    return response
  }
  return { fetch, sent }
}
