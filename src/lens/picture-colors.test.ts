import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { darkColors, lightColors, type PictureColors } from './picture-colors.ts'

const css = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8')

function token(name: string): { light: string | undefined; dark: string | undefined } {
  const [, light, dark] = new RegExp(`--${name}:\\s*light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? []
  return { light: light?.toUpperCase(), dark: dark?.toUpperCase() }
}

const names: Readonly<Record<Exclude<keyof PictureColors, 'values'>, string>> = {
  paper: 'paper',
  line: 'line',
  line3: 'line-3',
  ghost: 'ghost',
  ink: 'ink',
  ink3: 'ink-3',
  pass: 'pass',
  fail: 'fail',
  warn: 'warn',
}

describe('the colours of a picture file', () => {
  it('are those of the page', () => {
    const { values: light, ...lightRest } = lightColors
    const { values: dark, ...darkRest } = darkColors
    for (const [key, color] of Object.entries({ ...lightRest, ...light }))
      expect([key, color]).toEqual([key, token(nameOf(key)).light])
    for (const [key, color] of Object.entries({ ...darkRest, ...dark }))
      expect([key, color]).toEqual([key, token(nameOf(key)).dark])
  })
})

function nameOf(key: string): string {
  const plain = Object.entries(names).find(([name]) => name === key)?.[1]
  return plain ?? `v-${key}`
}
