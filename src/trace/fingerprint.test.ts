import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { fingerprintOf, fingerprintsOf } from './fingerprint.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const expected = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

test('the start of the SHA-256 of the text as UTF-8', async () => {
  expect(await fingerprintOf('')).toBe('e3b0c44298fc1c14')
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async text => {
      expect(await fingerprintOf(text)).toBe(expected(text))
    }),
  )
})

test('of many texts each once', async () => {
  expect(await fingerprintsOf(['a', 'b', 'a'])).toEqual(
    new Map([
      ['a', expected('a')],
      ['b', expected('b')],
    ]),
  )
})

test('a page without Web Crypto has none', async () => {
  vi.stubGlobal('crypto', {})
  await expect(fingerprintOf('a')).rejects.toThrow()
  expect(await fingerprintsOf(['a'])).toEqual(new Map())
})
