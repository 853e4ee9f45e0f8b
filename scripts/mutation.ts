/**
 * Mutation tests of the client, on request: `npm run mutation` (hours), `npm run mutation -- src/oauth/pkce.ts`
 * (minutes). Stryker changes the code in a copy of the project and asks whether a test notices; it is installed in
 * that copy only, because its hundred packages are of no use to anybody else.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const version = '9.5.1'
const everything = ['src/oauth/*.ts', 'src/session/*.ts']
const needed = ['src', 'public', 'package.json', 'package-lock.json', 'tsconfig.json']

const stryker = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // It reads the configuration with an interface that TypeScript 7 no longer has.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false },
  vitest: { configFile: 'mutation.config.ts' },
}

/** The tests of the two folders, but the properties: 10,000 runs for each mutant would take days. */
const vitest = `export default {
  test: {
    include: ['src/{oauth,session}/**/*.test.ts'],
    exclude: ['src/**/*.property.test.ts'],
    restoreMocks: true,
    isolate: false,
  },
}
`

const asked = process.argv.slice(2)
const copy = mkdtempSync(join(tmpdir(), 'pkce-lens-mutation-'))
const run = (command: string, ...args: string[]): number =>
  spawnSync(command, args, { cwd: copy, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1

try {
  for (const name of needed) cpSync(join(root, name), join(copy, name), { recursive: true })
  const mutate = [...(asked.length > 0 ? asked : everything), '!src/**/*.test.ts', '!src/**/*.test-data.ts']
  writeFileSync(join(copy, 'stryker.config.json'), JSON.stringify({ ...stryker, mutate }))
  writeFileSync(join(copy, 'mutation.config.ts'), vitest)
  const tools = ['core', 'vitest-runner'].map(name => `@stryker-mutator/${name}@${version}`)
  process.exitCode =
    run('npm', 'ci', '--no-fund', '--no-audit') ||
    run('npm', 'install', '--no-save', '--no-package-lock', '--no-fund', '--no-audit', ...tools) ||
    run('npx', 'stryker', 'run')
} finally {
  rmSync(copy, { recursive: true, force: true })
}
