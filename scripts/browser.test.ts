import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findBrowser } from './browser.ts'

const here = fileURLToPath(import.meta.url)

test('the browser that BROWSER_PATH names is taken, whatever else is there', () => {
  expect(findBrowser(here)).toBe(here)
})

test('a BROWSER_PATH that leads nowhere is named', () => {
  expect(() => findBrowser(`${here}.gone`)).toThrow(
    `BROWSER_PATH names a file that is not there: ${here}.gone`,
  )
})
