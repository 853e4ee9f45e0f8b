/** How many tests passed and failed, from the reports of the two runners. */
export interface Tally {
  passed: number
  failed: number
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A file that failed without a failed test, because it or its set-up threw, counts as one. */
export function tallyOfVitest(report: unknown): Tally {
  const tally: Tally = { passed: 0, failed: 0 }
  for (const file of list(member(report, 'testResults'))) {
    const statuses = list(member(file, 'assertionResults')).map(each => member(each, 'status'))
    const failed = statuses.filter(each => each === 'failed').length
    tally.passed += statuses.filter(each => each === 'passed').length
    tally.failed += failed === 0 && member(file, 'status') === 'failed' ? 1 : failed
  }
  return tally
}

export function tallyOfPlaywright(report: unknown): Tally {
  const stats = member(report, 'stats')
  const count = (name: string) => Number(member(stats, name) ?? 0)
  return { passed: count('expected') + count('flaky'), failed: count('unexpected') }
}
