import { expect, it } from 'vitest'
import { type LogEntry, RequestLog } from './request-log.ts'

const entry = (path: string, form = new URLSearchParams()): LogEntry => ({
  at: 0,
  server: 'authorization',
  method: 'POST',
  path,
  query: new URLSearchParams(),
  form,
  origin: null,
  authorization: null,
  status: 200,
})

it('what came after a mark is found, however many requests came before', () => {
  const log = new RequestLog()
  for (let count = 0; count < 20_000; count += 1) log.add(entry('/before'))
  const before = log.entries.length
  log.add(entry('/after'))
  expect(log.entries.slice(before).map(({ path }) => path)).toEqual(['/after'])
})

it('a flood of long forms does not fill the memory: the oldest make room', () => {
  const log = new RequestLog()
  const long = new URLSearchParams({ x: 'y'.repeat(50_000) })
  for (let count = 0; count < 3000; count += 1) log.add(entry(`/${count}`, long))
  expect(log.entries.length).toBeLessThan(2000)
  expect(log.entries.at(-1)?.path).toBe('/2999')
})
