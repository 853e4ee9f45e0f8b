/** `npm test`: everything that must pass, in order; closes with the number of tests that passed and failed. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { findBrowser } from './browser.ts'
import { type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts'

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
  tallyOf: (report: unknown) => Tally,
): void {
  rmSync(report(name), { force: true })
  const ok = run(title, command, args)
  let tally: Tally = { passed: 0, failed: 0 }
  try {
    tally = tallyOf(JSON.parse(readFileSync(report(name), 'utf8')))
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
  tallyOfVitest,
)
counted('journeys in a real browser', 'npx', ['playwright', 'test'], 'report', tallyOfPlaywright)

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
