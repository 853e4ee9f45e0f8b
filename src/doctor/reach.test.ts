import { expect, test } from 'vitest'
import { reach } from './reach.ts'
import { scriptedProbe } from './scripted-probe.test-data.ts'

test('4.9: http from an https page is told apart', async () => {
  const ports = scriptedProbe(() => 'down')
  const seen = await reach(ports, 'http://id.example.com/token', {}, null)
  expect(seen).toMatchObject({ kind: 'blocked', code: 'mixed_content_blocked' })
})

test('an answer of more than one mebibyte is given up, and no more of it is fetched', async () => {
  let [sent, cancelled] = [0, false]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(120))
    },
    cancel: () => {
      cancelled = true
    },
  })
  const ports = scriptedProbe(() => new Response(body), { timeout: 60_000 })
  const seen = await reach(ports, 'https://id.example.com/', {}, null)
  expect(seen).toMatchObject({ kind: 'blocked', code: 'response_too_large' })
  expect([cancelled, sent < 2_000_000]).toEqual([true, true])
  const longest = scriptedProbe(() => new Response('ü'.repeat(524_288)))
  const whole = await reach(longest, 'https://id.example.com/', {}, null)
  expect(whole.kind === 'answered' && whole.body.length).toBe(524_288)
})

test('4.9: a body that never ends is given up in time', async () => {
  const ports = scriptedProbe(
    () => new Response(new ReadableStream({ start: it => it.enqueue(new Uint8Array(9)) })),
  )
  const seen = await reach(ports, 'https://id.example.com/', {}, null)
  expect(seen).toMatchObject({ kind: 'blocked', code: 'request_timeout' })
})
