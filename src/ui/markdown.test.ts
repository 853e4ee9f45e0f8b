import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCode, asWords } from './markdown.ts'

describe('text from outside in Markdown', () => {
  it('begins no markup and ends no cell', () => {
    expect(asWords('a|b `c` <d> [e](f) *g* h_i')).toBe('a\\|b \\`c\\` \\<d\\> \\[e\\](f) \\*g\\* h\\_i')
    expect(asWords('a\n\n# b\r\n- c')).toBe('a # b - c')
  })

  it('is code whose fence is longer than what is inside', () => {
    expect(asCode('https://as.example')).toBe('`https://as.example`')
    expect(asCode('a`b')).toBe('``a`b``')
    expect(asCode('``` a `')).toBe('```` ``` a ` ````')
    expect(asCode('a\n\n## b')).toBe('`a ## b`')
  })

  it('stays within its fence whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n', '|') }), text => {
        const code = asCode(text)
        const fence = /^`+/.exec(code)?.[0] ?? ''
        const inside = code.slice(fence.length, -fence.length)
        expect(code.endsWith(fence)).toBe(true)
        expect(new Set<string>(inside.match(/`+/g)).has(fence)).toBe(false)
        expect(inside.startsWith('`') || inside.endsWith('`') || code.includes('\n')).toBe(false)
      }),
    )
  })
})
