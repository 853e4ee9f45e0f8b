import { cleanup, render, screen } from '@testing-library/react'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { CodeBlock } from './code-block.tsx'
import { type CodeLanguage, tokensOf } from './code-tokens.ts'

afterEach(cleanup)

const languages: CodeLanguage[] = ['ts', 'json', 'shell', 'http', 'text']

describe('tokensOf', () => {
  test('cuts any text without losing or adding a character', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        (language, code) => {
          const tokens = tokensOf(code, language)
          expect(tokens.map(token => token.text).join('')).toBe(code)
          expect(tokens.every(token => code.startsWith(token.text, token.at))).toBe(true)
        },
      ),
    )
  })

  test('knows the parts of TypeScript, JSON and an HTTP message', () => {
    const kinds = (code: string, language: CodeLanguage) =>
      Object.fromEntries(tokensOf(code, language).map(token => [token.text, token.kind]))
    expect(kinds("const state = 'x' // once", 'ts')).toMatchObject({ const: 'keyword', '// once': 'comment' })
    expect(kinds('{"active": true}', 'json')).toMatchObject({ '{': 'sign' })
    expect(kinds('POST /token HTTP/1.1\nHost: a\n\nHost: body', 'http')).toEqual({
      'POST /token HTTP/1.1\n': 'keyword',
      Host: 'name',
      ':': 'sign',
      ' a\n': 'plain',
      '\n': 'plain',
      'Host: body': 'plain',
    })
  })
})

describe('CodeBlock', () => {
  test('text from outside stays text', () => {
    const code = '<img src=x onerror=alert(1)> // </code><script>'
    const { container } = render(<CodeBlock code={code} language="ts" label="Answer" />)
    expect(container.querySelector('code')?.textContent).toBe(code)
    expect(container.querySelector('img, script')).toBeNull()
    expect(screen.getByRole('figure', { name: 'Answer' })).toBeTruthy()
  })

  test('marked words wear the colour of their value', () => {
    render(
      <CodeBlock
        code="const verifier = make()"
        language="ts"
        label="Code"
        marks={[{ word: 'verifier', v: 'verifier' }]}
      />,
    )
    expect(screen.getByText('verifier').dataset['v']).toBe('verifier')
  })
})
