/** The protocol values in a message, each with its fingerprint. */
import { base64urlBytes } from '../oauth/keys.ts'
import type { Step, ValueName } from '../oauth/step.ts'
import { hexOf } from '../trace/fingerprint.ts'
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
    const found =
      hidden === null
        ? carriedText(value, text, fingerprintOf(text))
        : { ...ghostOf(value), length: hidden.length, fingerprint: hidden.fingerprint }
    const tampered = edited.some(
      name => name === value || (aliases[name.toLowerCase()] ?? []).includes(value),
    )
    carried.set(key, { ...found, tampered })
  }
  return [...carried.values()].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))
}

/** A value that will be there. */
export function ghostOf(value: ValueName): Carried {
  return { value, text: null, length: null, fingerprint: null, tampered: false, odd: false }
}

/** A value whose text is known. */
export function carriedText(value: ValueName, text: string, fingerprint: string | null = null): Carried {
  return { ...ghostOf(value), text, length: text.length, fingerprint }
}

/** What is to be said beside a value: a person edited it, or it failed the comparison that was made with it. */
export function markOf({ tampered, odd }: Pick<Carried, 'tampered' | 'odd'>): string | null {
  return tampered ? 'tampered' : odd ? 'does not fit' : null
}

/** The first 16 hexadecimal digits that a challenge says the hash of its verifier begins with (RFC 7636 §4.6). */
export function hashInChallenge(challenge: string): string | null {
  if (!/^[\w-]{43}$/.test(challenge)) return null
  return hexOf(base64urlBytes(challenge.slice(0, 12)).subarray(0, 8))
}
