/** Judging: every comparison becomes a `Check`, the first that fails becomes the error. */
import type { OAuthErrorDetails } from './oauth-error.ts'
import type { Check, HttpResponse, Shown } from './step.ts'

/** What a judgement found: a value when no check failed, else the first failure. */
export type Judgement<T> = { readonly checks: readonly Check[] } & (
  | { readonly error: null; readonly value: T }
  | { readonly error: OAuthErrorDetails; readonly value: null }
)

export interface Checklist {
  readonly checks: Check[]
  /** The first failure, or null. */
  error: OAuthErrorDetails | null
  /** Notes one comparison and returns whether it passed. One-time values are shown by name only in errors. */
  add(
    requirement: string,
    name: string,
    clause: string,
    expected: Shown,
    received: Shown,
    ok: boolean,
    code: string,
    more?: Partial<OAuthErrorDetails>,
  ): boolean
  /** Notes a finding that does not stop the flow. */
  warn(
    requirement: string,
    name: string,
    clause: string,
    expected: Shown,
    received: Shown,
    code: string,
  ): void
  /** @param value null when a check failed */
  done<T>(value: T | null): Judgement<T>
}

const sayable = (shown: Shown): string =>
  typeof shown === 'string' ? shown : `the ${shown.value} that was kept`
const received = (shown: Shown): string => (typeof shown === 'string' ? shown : `another ${shown.value}`)

export function checklist(): Checklist {
  const list: Checklist = {
    checks: [],
    error: null,
    add(requirement, name, clause, expected, got, ok, code, more) {
      list.checks.push({
        requirement,
        name,
        clause,
        expected,
        received: got,
        outcome: ok ? 'passed' : 'failed',
        ...(!ok && { code }),
      })
      if (!ok)
        list.error ??= {
          code,
          expected: `${name}: ${sayable(expected)}`,
          received: received(got),
          clause,
          ...more,
        }
      return ok
    },
    warn(requirement, name, clause, expected, got, code) {
      list.checks.push({ requirement, name, clause, expected, received: got, outcome: 'warning', code })
    },
    done: value =>
      list.error || value === null
        ? { checks: list.checks, error: list.error ?? { code: 'unexpected' }, value: null }
        : { checks: list.checks, error: null, value },
  }
  return list
}

/** A JSON object as a map of unknowns, or null: nothing that came from outside is trusted to have a shape. */
export function jsonObject(text: string | null): Record<string, unknown> | null {
  try {
    // Read through a function, what is nested thousands deep is refused here, not where it is shown.
    const value: unknown = JSON.parse(text ?? '', (_, member: unknown) => member)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const textsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter(each => typeof each === 'string') : undefined

/** Seconds as a number or, as some servers send them, as text; anything else says nothing. */
export const secondsOf = (value: unknown): number =>
  typeof value === 'number' ? value : Number(textOf(value))

/**
 * Seconds that a server asks to wait: `Retry-After` as a number, or as a date beside the answer's own (RFC 9110
 * §10.2.3), since the clock of this computer may be another. Undefined: it does not ask.
 */
export function retryAfterOf({ headers }: HttpResponse): number | undefined {
  const told = headers['retry-after'] ?? ''
  const seconds = Number(told) || (Date.parse(told) - Date.parse(headers['date'] ?? '')) / 1000
  return seconds > 0 ? seconds : undefined
}

/** Text from outside for an error: cut, so that no page floods. */
export const excerpt = (value: unknown): string =>
  value === undefined ? 'nothing' : (textOf(value) ?? String(JSON.stringify(value))).slice(0, 300)
