/** Faults inside the browser: storage that refuses, and a person who looks away. */
import type { BrowserContext, Page } from '@playwright/test'
import type { Plan } from './plan.ts'
import { within } from './within.ts'

/** Storage refuses in every page of this context from now on, until `liftStorage`. */
export async function breakStorage(context: BrowserContext, storage: Plan['storage']): Promise<void> {
  if (storage === 'works') return
  await context.addInitScript(how => {
    const lifted = () => Reflect.get(window, 'chaosIsOver') === true
    const refuse = (name: 'QuotaExceededError' | 'SecurityError') => {
      throw new DOMException('refused', name)
    }
    if (how === 'session_full' || how === 'all_full') {
      const store = Storage.prototype.setItem
      Storage.prototype.setItem = function setItem(key, value) {
        if ((how === 'all_full' || this === sessionStorage) && !lifted()) refuse('QuotaExceededError')
        store.call(this, key, value)
      }
      return
    }
    const names =
      how === 'session_blocked' ? ['sessionStorage'] : how === 'local_blocked' ? ['localStorage'] : null
    for (const name of names ?? ['sessionStorage', 'localStorage']) {
      const real = Object.getOwnPropertyDescriptor(window, name)
      Object.defineProperty(window, name, {
        configurable: true,
        get: () => (lifted() ? real?.get?.call(window) : refuse('SecurityError')),
      })
    }
  }, storage)
}

export async function liftStorage(context: BrowserContext): Promise<void> {
  const lift = () => {
    Reflect.set(window, 'chaosIsOver', true)
  }
  await context.addInitScript(lift)
  await Promise.all(context.pages().map(page => within(page.evaluate(lift), undefined)))
}

/** Another window is in front, or this one again. A page that is moving has no visibility to change. */
export async function setVisible(page: Page, visible: boolean): Promise<void> {
  await within(
    page.evaluate(
      state => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
        document.dispatchEvent(new Event('visibilitychange'))
        if (state === 'visible') window.dispatchEvent(new Event('focus'))
      },
      visible ? 'visible' : 'hidden',
    ),
    undefined,
  )
}
