/** `npm test`: everything that must pass, in order; closes with the number of tests that passed and failed. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { findBrowser } from './browser.ts'

interface Tally {
  passed: number
  failed: number
}

const total: Tally = { passed: 0, failed: 0 }
const report = (name: string) => `test-results/${name}.json`

function run(title: string, command: string, args: string[]): boolean {
  console.log(`\n> ${title}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  return status === 0
}

/** A step without a count of its own counts as one. */
function step(title: string, command: string, args: string[]): void {
  total[run(title, command, args) ? 'passed' : 'failed'] += 1
}

function counted(
  title: string,
  command: string,
  args: string[],
  name: string,
  read: (json: Record<string, unknown>) => Tally,
): void {
  rmSync(report(name), { force: true })
  const ok = run(title, command, args)
  let tally: Tally = { passed: 0, failed: ok ? 0 : 1 }
  try {
    const json: unknown = JSON.parse(readFileSync(report(name), 'utf8'))
    if (typeof json === 'object' && json !== null) tally = read(Object.fromEntries(Object.entries(json)))
  } catch {
    // no report: the exit code speaks
  }
  if (!ok && tally.failed === 0) tally.failed = 1
  total.passed += tally.passed
  total.failed += tally.failed
}

try {
  process.env['BROWSER_PATH'] = findBrowser()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

step('format and lint', 'npx', ['biome', 'check', '.'])
step('types', 'npx', ['tsc', '--noEmit'])
step('unused files, exports and dependencies', 'npx', ['knip'])
counted(
  'unit and component tests',
  'npx',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('unit')}`],
  'unit',
  json => ({
    passed: Number(json['numPassedTests'] ?? 0),
    failed: Number(json['numFailedTests'] ?? 0) + Number(json['numFailedTestSuites'] ?? 0),
  }),
)
counted('journeys in a real browser', 'npx', ['playwright', 'test'], 'report', json => {
  const stats = json['stats']
  const number = (name: string) =>
    typeof stats === 'object' && stats !== null && name in stats ? Number(Reflect.get(stats, name)) : 0
  return { passed: number('expected') + number('flaky'), failed: number('unexpected') }
})

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
