/**
 * The colours of the tokens as plain values: a picture file stands alone, outside the page and its style sheet. Those
 * of the light theme, since it is pasted into documents and printed.
 */
import type { ValueKind } from '../ui/value-kind.ts'

interface PictureColors {
  readonly paper: string
  readonly line: string
  readonly line3: string
  readonly ghost: string
  readonly ink: string
  readonly ink3: string
  readonly pass: string
  readonly fail: string
  readonly warn: string
  readonly values: Readonly<Record<ValueKind, string>>
}

export const colors: PictureColors = {
  paper: '#FFFFFF',
  line: '#E7E7E2',
  line3: '#8C8E8B',
  ghost: '#D4D4CC',
  ink: '#17181A',
  ink3: '#686C72',
  pass: '#167344',
  fail: '#C2181E',
  warn: '#875600',
  values: {
    verifier: '#6C4EC3',
    challenge: '#A0189A',
    state: '#1C40BE',
    nonce: '#0B5570',
    code: '#87580A',
    access: '#0A766C',
    refresh: '#485500',
    id: '#7A1A3C',
  },
}
