import { expect, test } from 'vitest'
import { reach } from './reach.ts'
import { scriptedProbe } from './scripted-probe.test-data.ts'

test('4.9: http from an https page is told apart', async () => {
  const ports = scriptedProbe(() => 'down')
  const seen = await reach(ports, 'http://id.example.com/token', {}, null)
  expect(seen).toMatchObject({ kind: 'blocked', code: 'mixed_content_blocked' })
})

test('of an endless answer only the beginning is kept', async () => {
  const ports = scriptedProbe(() => new Response('x'.repeat(400_000)))
  const seen = await reach(ports, 'https://id.example.com/', {}, null)
  expect(seen.kind === 'answered' && seen.body.length).toBe(300_000)
})
