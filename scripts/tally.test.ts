import { expect, test } from 'vitest'
import { tallyOfPlaywright, tallyOfVitest } from './tally.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map(each => ({ status: each })),
})

test('a failed test counts once, however deep it stands, and a file without one counts once', () => {
  const testResults = [
    file('failed', 'failed', 'passed'),
    file('failed'),
    file('failed', 'skipped', 'skipped'),
    file('passed', 'passed', 'todo'),
  ]
  // The file and each `describe` around are suites that failed.
  const report = { numPassedTests: 2, numFailedTests: 1, numFailedTestSuites: 6, testResults }
  expect(tallyOfVitest(report)).toEqual({ passed: 2, failed: 3 })
})

test('a journey that passed at its second attempt has passed', () => {
  expect(tallyOfPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 } })).toEqual({
    passed: 5,
    failed: 1,
  })
})

test('a report of another form has no tests', () => {
  for (const odd of [null, [], { testResults: 1, stats: null }])
    for (const tally of [tallyOfVitest, tallyOfPlaywright])
      expect(tally(odd)).toEqual({ passed: 0, failed: 0 })
})
