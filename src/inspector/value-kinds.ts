/** The colour and shape of each protocol value, and how a value is called in a list of keys. */
import type { ValueName } from '../oauth/step.ts'
import type { Carried } from '../sequence/message.ts'
import type { ValueKind } from '../ui/value-kind.ts'

export const valueKinds: Readonly<Record<ValueName, ValueKind>> = {
  code_verifier: 'verifier',
  code_challenge: 'challenge',
  state: 'state',
  nonce: 'nonce',
  code: 'code',
  access_token: 'access',
  refresh_token: 'refresh',
  id_token: 'id',
}

/** The first four digits are enough to tell the values of one flow apart. */
export function shortPrint(fingerprint: string): string {
  return fingerprint.slice(0, 4)
}

/** What a value is revealed under: its fingerprint, or its text while the fingerprint is being computed. */
export function revealKey(carried: Pick<Carried, 'fingerprint' | 'text' | 'value'>): string {
  return carried.fingerprint ?? carried.text ?? carried.value
}
