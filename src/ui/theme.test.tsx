import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const key = 'pkce-lens.theme'
const shown = () => document.documentElement.dataset['theme']

/** The modules as a page loads them: the choice is read once, at the start. */
async function pageLoads() {
  vi.resetModules()
  const theme = await import('./theme.ts')
  theme.startTheme()
  return theme
}

function systemIs(scheme: 'light' | 'dark') {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes(scheme),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
}

beforeEach(() => {
  localStorage.clear()
  delete document.documentElement.dataset['theme']
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('theme', () => {
  test('follows the system until the person chooses, and keeps the choice', async () => {
    systemIs('light')
    const theme = await pageLoads()
    expect(shown()).toBeUndefined()
    expect(theme.shownTheme()).toBe('light')
    theme.themeChoice.set('dark')
    expect(shown()).toBe('dark')
    expect(localStorage.getItem(key)).toBe('dark')
    expect((await pageLoads()).themeChoice.get()).toBe('dark')
    expect(shown()).toBe('dark')
  })

  test('a choice that agrees with the system follows the system again', async () => {
    systemIs('dark')
    const theme = await pageLoads()
    theme.toggleTheme()
    expect([shown(), localStorage.getItem(key)]).toEqual(['light', 'light'])
    theme.toggleTheme()
    expect([shown(), localStorage.getItem(key)]).toEqual([undefined, 'system'])
  })

  test('anything else in storage reads as the system', async () => {
    localStorage.setItem(key, '"><script>')
    expect((await pageLoads()).themeChoice.get()).toBe('system')
    expect(shown()).toBeUndefined()
  })

  test('storage that throws costs the memory of the choice, not the choice', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    const theme = await pageLoads()
    expect(theme.themeChoice.get()).toBe('system')
    theme.themeChoice.set('dark')
    expect(shown()).toBe('dark')
  })

  test('a choice made in another tab arrives here', async () => {
    await pageLoads()
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: 'dark' }))
    expect(shown()).toBe('dark')
    window.dispatchEvent(new StorageEvent('storage', { key: 'another', newValue: 'light' }))
    expect(shown()).toBe('dark')
  })

  test('the toggle says what it will do, and the T key does the same outside fields', async () => {
    systemIs('light')
    await pageLoads()
    const { ThemeToggle } = await import('./theme-toggle.tsx')
    render(
      <>
        <ThemeToggle />
        <input aria-label="Issuer" />
      </>,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Use the dark theme' }))
    expect(shown()).toBe('dark')
    await userEvent.keyboard('t')
    expect(shown()).toBeUndefined()
    await userEvent.type(screen.getByLabelText('Issuer'), 'https://t.test')
    expect(shown()).toBeUndefined()
    expect(screen.getByRole('button', { name: 'Use the dark theme' })).toBeTruthy()
  })
})
