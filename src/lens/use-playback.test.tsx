import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { of } from '../sequence/fixtures.test-data.ts'
import type { Message } from '../sequence/message.ts'
import { happened } from '../sequence/playback.ts'
import { messagesOf, signedInSteps } from './lens.test-data.tsx'
import { usePlayback } from './use-playback.tsx'

let story: readonly Message[] = []

beforeEach(async () => {
  story = (await messagesOf(await signedInSteps())).filter(message => message.status !== 'upcoming')
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function play(first: readonly Message[]) {
  const onArrive = vi.fn()
  const hook = renderHook(all => usePlayback(all, 's', onArrive), { initialProps: first })
  act(() => hook.result.current.toggle())
  return { ...hook, onArrive, wait: (ms: number) => act(() => void vi.advanceTimersByTime(ms)) }
}

describe('playing', () => {
  it('waits no longer because the page is drawn again, or because a message comes meanwhile', () => {
    const { result, rerender, wait } = play(story.slice(0, 5))
    expect(result.current.position).toBe(0)
    wait(200)
    rerender(story.slice(0, 6))
    wait(50)
    rerender(story.slice(0, 6).map(message => ({ ...message })))
    wait(50)
    expect(result.current.position).toBe(1)
    expect(result.current.count).toBe(6)
  })

  it('waits anew for each message, also for one that takes as long to read as the one before', () => {
    const same = of(story, 'token_request')
    const { result, wait } = play(['a', 'b', 'c'].map(id => ({ ...same, id })))
    wait(300)
    for (const position of [1, 2]) {
      expect(result.current.position).toBe(position)
      wait(999)
      expect(result.current.position).toBe(position)
      wait(11_001)
    }
    expect(result.current.position).toBe(3)
    expect(result.current.playing).toBe(false)
  })

  it('goes to the newest message, then is at the present', () => {
    const { result, onArrive, wait } = play(story)
    for (let i = 0; i <= story.length; i++) wait(12_000)
    expect(result.current).toMatchObject({ live: true, playing: false, position: happened(story) })
    expect(onArrive.mock.calls.map(([id]) => id)).toEqual(story.map(({ id }) => id))
  })

  it('a faster speed holds at once', () => {
    const { result, wait } = play(story)
    wait(300)
    act(() => result.current.setSpeed(4))
    wait(3_000)
    expect(result.current.position).toBeGreaterThan(1)
  })
})
