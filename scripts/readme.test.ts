import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checks } from '../src/report-card/checks.ts'

test('README.md says how many checks the report card has', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`report card: ${checks.length} checks`)
})
