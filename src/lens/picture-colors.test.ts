import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { colors } from './picture-colors.ts'

const css = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8')

function lightToken(name: string): string | undefined {
  return new RegExp(`--${name}:\\s*light-dark\\((#\\w{6}), #\\w{6}\\)`).exec(css)?.[1]?.toUpperCase()
}

const names: Readonly<Record<Exclude<keyof typeof colors, 'values'>, string>> = {
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
  it('are those of the page in its light theme', () => {
    const { values, ...plain } = colors
    for (const [key, color] of Object.entries({ ...plain, ...values }))
      expect([key, color]).toEqual([key, lightToken(nameOf(key))])
  })
})

function nameOf(key: string): string {
  const plain = Object.entries(names).find(([name]) => name === key)?.[1]
  return plain ?? `v-${key}`
}
