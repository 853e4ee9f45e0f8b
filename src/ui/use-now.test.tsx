import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useNow } from './use-now.tsx'

const start = Date.UTC(2026, 2, 4, 9, 45, 23, 400)

function Countdown({ running }: { running?: boolean }) {
  return <output>{useNow(running)}</output>
}

const shows = (container: HTMLElement) =>
  [...container.querySelectorAll('output')].map(o => Number(o.textContent))

function pageIs(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

describe('useNow', () => {
  test('all countdowns change together, on the second', () => {
    const { container } = render(
      <>
        <Countdown />
        <Countdown />
      </>,
    )
    expect(shows(container)).toEqual([start - 400, start - 400])
    expect(vi.getTimerCount()).toBe(1)
    act(() => vi.advanceTimersByTime(599))
    expect(shows(container)).toEqual([start - 400, start - 400])
    act(() => vi.advanceTimersByTime(1))
    expect(shows(container)).toEqual([start + 600, start + 600])
  })

  test('the clock stops while the page is hidden, and is right at once when it comes back', () => {
    const { container } = render(<Countdown />)
    act(() => pageIs('hidden'))
    expect(vi.getTimerCount()).toBe(0)
    act(() => vi.advanceTimersByTime(60_000))
    act(() => pageIs('visible'))
    expect(shows(container)).toEqual([start + 59_600])
    expect(vi.getTimerCount()).toBe(1)
  })

  test('a page that hides is not drawn once more', () => {
    const { container } = render(<Countdown />)
    vi.setSystemTime(start + 60_000)
    act(() => pageIs('hidden'))
    expect(shows(container)).toEqual([start - 400])
  })

  test('nobody watching, nothing ticking', () => {
    const { rerender, unmount } = render(<Countdown />)
    rerender(<Countdown running={false} />)
    expect(vi.getTimerCount()).toBe(0)
    rerender(<Countdown />)
    unmount()
    expect(vi.getTimerCount()).toBe(0)
  })
})
