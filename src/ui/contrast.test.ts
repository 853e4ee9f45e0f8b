import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { VALUE_KINDS } from './value-kind.ts'

/** `--name: light-dark(#light, #dark)` of tokens.css, without the overrides of media queries. */
const tokens = new Map(
  [
    ...(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
      .split('@media')[0]
      ?.matchAll(/--([\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g) ?? []),
  ].map(([, name, light, dark, both]) => [name, { light: light ?? both, dark: dark ?? both }]),
)

type Rgb = readonly [number, number, number]

function colour(name: string, theme: 'light' | 'dark'): Rgb {
  const hex = tokens.get(name)?.[theme]
  if (!hex) throw new Error(`no token --${name}`)
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, blue]: Rgb) => {
    const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(blue)
  }
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** `share` of one colour over another, as the chip mixes them. */
const mixed = (share: number, value: Rgb, ground: Rgb): Rgb => {
  const part = (a: number, b: number) => share * a + (1 - share) * b
  return [part(value[0], ground[0]), part(value[1], ground[1]), part(value[2], ground[2])]
}

const grounds = ['paper', 'lens', 'sunken', 'raised', 'hover', 'select']

describe.each(['light', 'dark'] as const)('in the %s theme', theme => {
  const ratio = (text: string, ground: string) => contrast(colour(text, theme), colour(ground, theme))

  test.each(grounds)('ink is readable on %s', ground => {
    for (const text of ['ink', 'ink-2', 'ink-3']) expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['pass', 'fail', 'warn'])('a %s is readable on paper, panels and its own wash', verdict => {
    for (const ground of ['paper', 'lens', 'raised', `${verdict}-wash`])
      expect(ratio(verdict, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test('inverted text is readable', () => {
    expect(ratio('on-ink', 'ink')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-ink', 'ink-hover')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-solid', 'fail-solid')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('paper', 'pass')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('paper', 'warn')).toBeGreaterThanOrEqual(4.5)
  })

  test.each(VALUE_KINDS)('the value %s is readable on its chip, on every ground, and when lit', kind => {
    const value = colour(`v-${kind}`, theme)
    const name = mixed(0.94, value, colour('ink', theme))
    for (const ground of ['paper', 'lens', 'hover', 'select', 'warn-wash', 'fail-wash']) {
      const under = colour(ground, theme)
      expect(contrast(name, mixed(0.09, value, under))).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(value, colour('paper', theme))).toBeGreaterThanOrEqual(4.5)
  })

  test('the borders of inputs and the lines of focus can be seen', () => {
    for (const ground of ['paper', 'lens', 'raised']) {
      expect(ratio('line-3', ground)).toBeGreaterThanOrEqual(3)
      expect(ratio('ink', ground)).toBeGreaterThanOrEqual(3)
    }
  })
})
