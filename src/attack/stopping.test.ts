import { describe, expect, it, vi } from 'vitest'
import { idleWindow, scriptedSurroundings } from '../lab/scripted-lab.test-data.ts'
import type { HttpRequest } from '../oauth/step.ts'
import { closesWithRun, createAsk, orStopped, stoppable } from './stopping.ts'

const never = <T>() => new Promise<T>(() => {})
const request: HttpRequest = { method: 'GET', url: 'https://provider.example/jwks', headers: {}, body: null }
const stopped = { code: 'run_stopped' }

describe('a run that is stopped', () => {
  it('waits for nothing more, and begins nothing', async () => {
    const stop = new AbortController()
    const waiting = orStopped(stop.signal, () => never())
    stop.abort()
    await expect(waiting).rejects.toMatchObject(stopped)
    const run = vi.fn(async () => 'ran')
    await expect(orStopped(stop.signal, run)).rejects.toMatchObject(stopped)
    expect(run).not.toHaveBeenCalled()
  })

  it('sends no request, and does not wait for the one that is under way', async () => {
    const stop = new AbortController()
    const fetch = vi.fn(() => never<Response>())
    const { ports } = stoppable(scriptedSurroundings({ fetch }), () => stop.signal)
    const waiting = ports.fetch(request, stop.signal)
    stop.abort()
    await expect(waiting).rejects.toMatchObject(stopped)
    await expect(ports.fetch(request, stop.signal)).rejects.toMatchObject(stopped)
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('opens no frame, and does not wait for the answer of one', async () => {
    const stop = new AbortController()
    const surroundings = stoppable(scriptedSurroundings(), () => stop.signal)
    const frame = surroundings.watchFrame('https://provider.example/authorize')
    stop.abort()
    await expect(frame.answer).rejects.toMatchObject(stopped)
    expect(() => surroundings.watchFrame('https://provider.example/authorize')).toThrow()
  })

  it('has the answer to what is asked, and asks nothing more', async () => {
    const stop = new AbortController()
    const shown: (string | null)[] = []
    const ask = createAsk<string>(
      question => shown.push(question),
      () => stop.signal,
    )
    const first = ask('nothing', () => 'Open a window?')
    stop.abort()
    expect(await first).toBe('nothing')
    expect(await ask('nothing', () => 'And another?')).toBe('nothing')
    expect(shown).toEqual(['Open a window?', null])
  })

  it('closes the window that it was given', async () => {
    const stop = new AbortController()
    const opened = idleWindow()
    const popup = await closesWithRun(stop.signal, Promise.resolve(opened))
    const answer = popup?.go('https://provider.example/authorize', 'state').answer
    stop.abort()
    await expect(answer).rejects.toMatchObject({ code: 'popup_closed' })
    const late = idleWindow()
    await closesWithRun(stop.signal, Promise.resolve(late))
    expect(late.close).toHaveBeenCalledOnce()
  })
})

it('a run that goes on is as it was', async () => {
  const { signal } = new AbortController()
  const { ports } = stoppable(scriptedSurroundings(), () => signal)
  expect((await ports.fetch(request, signal)).status).toBe(200)
  const ask = createAsk<(value: string) => void>(
    answer => answer?.('yes'),
    () => signal,
  )
  expect(await ask('no', answer => answer)).toBe('yes')
})
