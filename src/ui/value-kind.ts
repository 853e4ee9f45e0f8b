/** The eight marked values of the house. Each has one colour (`--v-…`) and one shape. */
export const VALUE_KINDS = [
  'verifier',
  'challenge',
  'state',
  'nonce',
  'code',
  'access',
  'refresh',
  'id',
] as const

export type ValueKind = (typeof VALUE_KINDS)[number]

const names: ReadonlySet<string> = new Set(VALUE_KINDS)

/** True when `text` names one of the eight marked values. */
export function isValueKind(text: string): text is ValueKind {
  return names.has(text)
}
