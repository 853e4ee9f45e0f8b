// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openCardWindow } from './card-window.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function opened() {
  const handle = {
    opener: window,
    location: { origin: 'https://op.example', pathname: '/', search: '', replace: vi.fn() },
    close: vi.fn(),
  }
  vi.stubGlobal(
    'open',
    vi.fn(() => handle),
  )
  const card = openCardWindow()
  if (!card) throw new Error('a window was opened')
  return { handle, card }
}

function speak(message: unknown) {
  const channel = new BroadcastChannel('pkce-lens.callback')
  channel.postMessage(message)
  channel.close()
}

describe('the window of a check', () => {
  it('has no way back to this tab before it goes anywhere, so no page in it can lead the tab away', () => {
    const { handle, card } = opened()
    handle.location.replace.mockImplementation(() => expect(handle.opener).toBeNull())
    card.go('https://op.example/authorize', 'our-state')
    expect(handle.location.replace).toHaveBeenCalledWith('https://op.example/authorize')
    card.close()
  })

  it('is answered by the broadcast with our state all the same, and closes', async () => {
    const { handle, card } = opened()
    const followed = card.go('https://op.example/authorize', 'our-state')
    speak({ type: 'pkce-lens.callback', query: '?code=other&state=another' })
    speak({ type: 'pkce-lens.callback', query: '?code=ours&state=our-state' })
    expect(await followed.answer).toBe('?code=ours&state=our-state')
    expect(card.landedAt()).toBeNull()
    followed.close()
    expect(handle.close).toHaveBeenCalledOnce()
  })

  it('that closes is waited for no longer, and one that has closed goes nowhere', async () => {
    const { handle, card } = opened()
    const followed = card.go('https://op.example/authorize', 'our-state')
    card.close()
    await expect(followed.answer).rejects.toMatchObject({ code: 'popup_closed' })
    const other = opened()
    Object.assign(other.handle, { closed: true })
    const never = other.card.go('https://op.example/authorize', 'our-state')
    await expect(never.answer).rejects.toMatchObject({ code: 'popup_closed' })
    expect(other.handle.location.replace).not.toHaveBeenCalled()
    expect(handle.close).toHaveBeenCalledOnce()
  })

  it('is seen when it lands on a page of this origin', async () => {
    vi.useFakeTimers()
    const { handle, card } = opened()
    const followed = card.go('https://op.example/authorize', 'our-state')
    vi.advanceTimersByTime(100)
    Object.assign(handle.location, { origin: location.origin, pathname: '/callback/x', search: '?code=a' })
    vi.advanceTimersByTime(100)
    expect(await followed.answer).toBe('?code=a')
    expect(card.landedAt()).toBe('/callback/x')
    card.close()
  })
})

it('a blocked window is no window', () => {
  vi.stubGlobal(
    'open',
    vi.fn(() => null),
  )
  expect(openCardWindow()).toBeNull()
})
