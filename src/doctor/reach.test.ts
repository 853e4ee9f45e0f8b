import { expect, test } from 'vitest'
import { reach } from './reach.ts'
import { scriptedProbe } from './scripted-probe.test-data.ts'

test('4.9: http from an https page is told apart', async () => {
  const ports = scriptedProbe(() => 'down')
  const seen = await reach(ports, 'http://id.example.com/token', {}, null, new AbortController().signal)
  expect(seen).toMatchObject({ kind: 'blocked', code: 'mixed_content_blocked' })
})
