import type { ValueKind } from './value-kind.ts'

/** A shape in a 10 by 10 box. */
export type Mark = { d: string; line?: number; tip?: string }

/** One shape a value, in a 10 by 10 box: filled, or drawn with a line of `line` px. */
export const marks: Record<ValueKind, Mark> = {
  verifier: { d: 'M5 0l5 5-5 5-5-5z' },
  challenge: { d: 'M5 1l4 4-4 4-4-4z', line: 1.5 },
  state: { d: 'M.7 5a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0z' },
  nonce: { d: 'M5 .5l4.8 8.6H.2z' },
  code: { d: 'M2 .8h6A1.2 1.2 0 0 1 9.2 2v6A1.2 1.2 0 0 1 8 9.2H2A1.2 1.2 0 0 1 .8 8V2A1.2 1.2 0 0 1 2 .8z' },
  access: { d: 'M5 .1l4.4 2.45v4.9L5 9.9.6 7.45v-4.9z' },
  refresh: { d: 'M8.9 4.1a4 4 0 1 0-.2 2.5', line: 1.7, tip: 'M9.9 1.2v3.7H6.3z' },
  id: { d: 'M5 0c.5 3 2 4.5 5 5-3 .5-4.5 2-5 5-.5-3-2-4.5-5-5 3-.5 4.5-2 5-5z' },
}
