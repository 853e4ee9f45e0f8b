import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test.each([
  ['bench/run.ts', 'h', /^There is no measure h\. There are: a b c d e f g$/],
  [
    'scripts/screenshots.ts',
    'nosuch',
    /^No picture begins with nosuch\. There are: flow-before .*flow-ledger$/,
  ],
])('%s does nothing for a name that it does not know, and says which there are', (script, name, line) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, name], {
    cwd: root,
    encoding: 'utf8',
    timeout: 50_000,
  })
  expect(stderr.trim()).toMatch(line)
  expect([status, stdout]).toEqual([1, ''])
})
