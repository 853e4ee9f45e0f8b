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
