/** The protocol values in a message, each with its fingerprint. */
import type { Step, ValueName } from '../oauth/step.ts'
import { parseRedacted, type Secret, secretsIn } from '../trace/redact.ts'
import type { Carried } from './message.ts'

export type FingerprintOf = (text: string) => string | null

const order: readonly ValueName[] = [
  'code',
  'code_verifier',
  'code_challenge',
  'access_token',
  'refresh_token',
  'id_token',
  'state',
  'nonce',
]
/** Names a person may have edited that carry a value under another name. */
const aliases: Readonly<Record<string, readonly ValueName[]>> = {
  id_token_hint: ['id_token'],
  token: ['refresh_token', 'access_token'],
  authorization: ['access_token'],
}

const found = new WeakMap<Step, readonly Secret[]>()

/** `secretsIn`, read once per step. */
export function valuesOf(step: Step): readonly Secret[] {
  const before = found.get(step)
  if (before !== undefined) return before
  const secrets = secretsIn(step)
  found.set(step, secrets)
  return secrets
}

/** Each value once, in the order the picture shows them. */
export function carriedBy(step: Step, fingerprintOf: FingerprintOf): Carried[] {
  const edited = 'tampered' in step ? (step.tampered ?? []) : []
  const carried = new Map<string, Carried>()
  for (const { value, text } of valuesOf(step)) {
    const hidden = parseRedacted(text)
    const key = `${value} ${hidden?.fingerprint ?? text}`
    if (carried.has(key)) continue
    carried.set(key, {
      value,
      text: hidden === null ? text : null,
      length: hidden === null ? text.length : hidden.length,
      fingerprint: hidden === null ? fingerprintOf(text) : hidden.fingerprint,
      tampered: edited.some(name => name === value || (aliases[name.toLowerCase()] ?? []).includes(value)),
      odd: false,
    })
  }
  return [...carried.values()].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))
}

/** A value that will be there. */
export function ghostOf(value: ValueName): Carried {
  return { value, text: null, length: null, fingerprint: null, tampered: false, odd: false }
}

/** The first 16 hexadecimal digits that a challenge says the hash of its verifier begins with (RFC 7636 §4.6). */
export function hashInChallenge(challenge: string): string | null {
  if (!/^[\w-]{43}$/.test(challenge)) return null
  const bytes = atob(challenge.slice(0, 12).replaceAll('-', '+').replaceAll('_', '/'))
  return Array.from(bytes.slice(0, 8), byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}
