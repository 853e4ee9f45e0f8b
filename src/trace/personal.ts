/** What a Step tells about a person, beyond the values of the protocol. */
import type { HeldMessage, Step } from '../oauth/step.ts'
import { isRecord } from './guard.ts'
import { isApi, isTokenAnswer, json } from './secret-places.ts'

/** What an API is told and says about a person: every text and number of the bodies; and the person of a check. */
export function personalIn(step: Step): Set<string> {
  const found = new Set(subjectsIn(step))
  if (step.kind === 'id_token_checked') {
    const { sub } = claimsOf(step.idToken)
    if (typeof sub === 'string') found.add(sub)
  }
  const body = isApi(step) ? bodyOf(told(step)) : null
  if (body === null) return found
  const read = json(body)
  if (read === undefined) found.add(body)
  else
    JSON.stringify(read, (_, leaf: unknown) => {
      if (typeof leaf === 'string' || typeof leaf === 'number') found.add(String(leaf))
      return leaf
    })
  return found
}

/** Claims that name or address a person; an API's `name` may be that of anything. */
const naming = new Set(
  'sub email phone_number name given_name family_name preferred_username nickname'.split(' '),
)

/** By what texts a person may be called elsewhere too, in the words of an error for example. */
export function namesIn(step: Step, idTokens: readonly string[]): readonly string[] {
  const body = isAboutPerson(step) || isTokenAnswer(step) ? bodyOf(told(step)) : null
  return [
    ...subjectsIn(step),
    ...idTokens.flatMap(token => named(claimsOf(token))),
    ...(body === null ? [] : named(json(body))),
  ]
}

const told = (step: Step): Step | HeldMessage => (step.kind === 'held' ? step.message : step)

function isAboutPerson(step: Step): boolean {
  return step.kind === 'held'
    ? 'purpose' in step.message && /^(userinfo|profile)$/.test(step.message.purpose)
    : /^(userinfo|profile)_response$/.test(step.kind)
}

/** A refusal says nothing about a person, but why. */
function bodyOf(told: Step | HeldMessage): string | null {
  if ('response' in told) return told.response.status < 400 ? told.response.body : null
  return 'request' in told ? told.request.body : null
}

/** Not inside a list: groups and roles have names as well. */
function named(value: unknown): string[] {
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, leaf]) => {
    if (isRecord(leaf)) return named(leaf)
    return naming.has(name) && (typeof leaf === 'string' || typeof leaf === 'number') ? [String(leaf)] : []
  })
}

/** `sub` as the checks compare it (`judgePerson`, `judgeAddress`). */
function subjectsIn(step: Step): string[] {
  if (!('checks' in step)) return []
  return step.checks.flatMap(({ name, expected, received }) =>
    name.startsWith('sub is the person')
      ? [expected, received].filter(shown => typeof shown === 'string' && shown !== 'nothing').map(String)
      : [],
  )
}

/** Whom an ID token is about; null when nobody can read it, since only its fingerprint was kept for one. */
export function personOf(idToken: string): string | null {
  const { iss, sub } = claimsOf(idToken)
  return typeof sub === 'string' ? JSON.stringify([iss, sub]) : null
}

function claimsOf(idToken: string): Readonly<Record<string, unknown>> {
  const claims = json(fromBase64url(idToken.split('.')[1] ?? ''))
  return isRecord(claims) ? claims : {}
}

function fromBase64url(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign =>
      sign.charCodeAt(0),
    )
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
}
