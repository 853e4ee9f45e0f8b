import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inJson } from './json-places.ts'

const kinds = new Map([['token', 'secret']])
const hidden = (body: string) => inJson(body, kinds, () => 'X')
function textsOf(body: string): string[] {
  const found: string[] = []
  inJson(body, kinds, (_, text) => {
    found.push(text)
    return text
  })
  return found
}

test.each([
  ['JSON', '{"token":"a","other":"b"}', '{"token":"X","other":"b"}'],
  ['JSON with room', '{\n  "token" : "a"\n}', '{\n  "token" : "X"\n}'],
  ['a list', '[{"token":"a"},{"token":"b"}]', '[{"token":"X"},{"token":"X"}]'],
  [
    'a page before it',
    '<b>Notice</b>: "x" in {"token":"a"} <br>',
    '<b>Notice</b>: "x" in {"token":"X"} <br>',
  ],
  [
    'JSON inside JSON',
    '{"data":"{\\"token\\":\\"a\\",\\"b\\":1}"}',
    '{"data":"{\\"token\\":\\"X\\",\\"b\\":1}"}',
  ],
  [
    'the same, twice',
    '"\\"{\\\\\\"token\\\\\\":\\\\\\"a\\\\\\"}\\""',
    '"\\"{\\\\\\"token\\\\\\":\\\\\\"X\\\\\\"}\\""',
  ],
  ['JSON that was cut', '{"token":"abc', '{"token":"X'],
  ['JSON inside JSON that was cut', '{"data":"{\\"token\\":\\"abc"}', '{"data":"{\\"token\\":\\"X"}'],
  ['escapes', '{"token":"a\\"b\\\\","other":"b"}', '{"token":"X","other":"b"}'],
  ['no text', '{"token":1,"tokens":"a"}', '{"token":1,"tokens":"a"}'],
])('%s', (_, body, expected) => {
  expect(hidden(body)).toBe(expected)
})

test('whatever the text is, it is read as JSON means it, however deep', { timeout: 120_000 }, () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, fc.nat({ max: 3 }), (one, two, depth) => {
      let body = JSON.stringify({ other: one, token: one, deep: [{ token: two }] })
      let expected = JSON.stringify({ other: one, token: 'X', deep: [{ token: 'X' }] })
      for (let level = 0; level < depth; level++) {
        body = JSON.stringify({ data: body })
        expected = JSON.stringify({ data: expected })
      }
      expect(textsOf(body)).toEqual([one, two])
      expect(inJson(body, kinds, (_, text) => text)).toBe(body)
      expect(hidden(body)).toBe(expected)
    }),
    { numRuns: 1_000 },
  )
})
