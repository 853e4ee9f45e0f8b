/** When the person sees what: noted inside the page, by its own clock, at the moment the document changes. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'

/** Wall clock, milliseconds; null: not yet. */
export interface Marks {
  button: number | null
  name: number | null
  profile: number | null
}

declare global {
  interface Window {
    benchMarks: Marks
  }
}

/** Runs in the page, before its own scripts. */
function watch(): void {
  const marks: Marks = { button: null, name: null, profile: null }
  window.benchMarks = marks
  const now = () => performance.timeOrigin + performance.now()
  // What was added is read and not the whole page, so that looking costs a large page no more than a small one.
  const has = (nodes: Iterable<Node>) => [...nodes].some(each => each.textContent?.includes('member_since'))
  const observer = new MutationObserver(records => {
    if (marks.button === null) {
      const buttons = [...document.querySelectorAll('button')]
      if (buttons.some(each => /^(Sign in|Start the sign-in)/.test(each.textContent) && isUsable(each)))
        marks.button = now()
    }
    const isNew = marks.name === null
    if (isNew && document.querySelector('h1')?.textContent === 'Alice Åström') marks.name = now()
    if (marks.name === null) return
    if (isNew ? has([document.body]) : records.some(({ addedNodes }) => has(addedNodes))) {
      marks.profile = now()
      observer.disconnect()
      console.debug('bench: the profile is there')
    }
  })
  const isUsable = (button: HTMLButtonElement) => !button.disabled && !button.hidden
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden'] })
}

/**
 * Without it the driver sets colours and motion again at each navigation, and the page that is left is styled anew for
 * that, on the thread that loads the next one.
 */
const ownMedia = { colorScheme: null, contrast: null, reducedMotion: null, forcedColors: null } as const

/** A browser without memory of its own but these cookies. */
export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ ...ownMedia, ...options })
  context.setDefaultTimeout(60_000)
  // The compiler of this file names functions by a helper of this name, and scripts for the page are sent as text.
  await context.addInitScript('globalThis.__name = value => value')
  await context.addInitScript(watch)
  return context
}

/**
 * The marks of a page load that `act` begins, once the whole profile is there. The page tells it by itself: waiting
 * inside the page would put 330 kB of the tool's own script on the main thread that is measured.
 * @throws Error when it never comes, with what is on the page
 */
export async function marksAfter(
  page: Page,
  act: () => Promise<unknown>,
): Promise<{ name: number; profile: number; fetchStart: number }> {
  const isThere = page.waitForEvent('console', message => message.text() === 'bench: the profile is there')
  await Promise.all([isThere, act()]).catch(async error => {
    throw new Error(`${page.url()}: ${(await page.locator('body').textContent())?.slice(0, 400)}`, {
      cause: error,
    })
  })
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const { name, profile } = window.benchMarks
    if (!(navigation instanceof PerformanceNavigationTiming) || name === null || profile === null)
      throw new Error(`marks are missing at ${location.href}`)
    return { name, profile, fetchStart: performance.timeOrigin + navigation.fetchStart }
  })
}
