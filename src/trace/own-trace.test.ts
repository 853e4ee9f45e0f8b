import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Trace } from './entry.ts'
import { signIn } from './fixtures.test-data.ts'
import { ownTrace } from './own-trace.ts'
import { exportTrace, importTrace } from './trace-file.ts'

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

it('what a file told is not taken for what was told here', async () => {
  const { steps } = await signIn({})
  const entries = steps.map((step, i) => ({ id: `e${i}`, seq: i, tab: 't', step, redacted: false }))
  const here: Trace = { entries, folded: [] }
  expect(ownTrace(here)).toEqual(here)
  const opened = importTrace(exportTrace(here, { secrets: 'raw', fingerprint, now: 1 }))
  expect(opened.entries.length).toBe(entries.length)
  expect(ownTrace({ entries: [...opened.entries, ...entries], folded: [] }).entries).toEqual(entries)
})
