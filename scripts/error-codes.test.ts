import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes } from './error-codes.ts'

test('docs/errors.md has every code, in the words of the app', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorCodes())
})
