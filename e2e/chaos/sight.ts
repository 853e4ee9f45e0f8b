/** What a person sees on a page at one moment; nothing of the app's inside is looked at. */
import type { Page } from '@playwright/test'
import { within } from './within.ts'

export interface Sight {
  readonly path: string
  /**
   * `browser`: the browser's own error page, or none yet. `sign_in_form`, `consent`: pages of the provider that
   * wait for the person. `gateway`: an error page in place of the provider.
   */
  readonly place: 'app' | 'sign_in_form' | 'consent' | 'provider_page' | 'gateway' | 'browser'
  /** What still moves: a spinner, a page without content. Null: the page rests. */
  readonly busy: string | null
  readonly signedIn: boolean
  /** The strip that says the session waits for the network. */
  readonly reconnecting: boolean
  /** Stable codes of the alerts; an alert without one counts as `''`. */
  readonly codes: readonly string[]
  /** Buttons and links inside the alerts. */
  readonly ways: readonly string[]
  /** A button that begins a sign-in and can be pressed. */
  readonly signInButton: boolean
}

/** What the browser says of a page whose navigation hangs: nothing. */
export const noAnswer = 'no answer'

const moving: Sight = {
  path: '',
  place: 'browser',
  busy: 'moving',
  signedIn: false,
  reconnecting: false,
  codes: [],
  ways: [],
  signInButton: false,
}

/** Looks once. A page that is between two documents is `busy`. */
export async function look(page: Page, appOrigin: string): Promise<Sight> {
  const seen = page.evaluate(origin => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map(each => each.textContent?.trim() ?? '')
    const rest = {
      path: location.pathname,
      busy: document.readyState === 'loading' ? 'loading' : null,
      signedIn: false,
      reconnecting: false,
      codes: [...document.querySelectorAll('[role=alert]')].map(
        each => each.getAttribute('data-error-code') ?? '',
      ),
      ways: texts('[role=alert] button, [role=alert] a[href]'),
      signInButton: false,
    }
    if (!location.protocol.startsWith('http')) return { ...rest, place: 'browser' as const }
    if (location.origin !== origin) {
      const heading = texts('h1').join()
      const place = document.querySelector('input[type=password]')
        ? ('sign_in_form' as const)
        : texts('button').includes('Allow')
          ? ('consent' as const)
          : heading === '' || heading === 'Service unavailable'
            ? ('gateway' as const)
            : ('provider_page' as const)
      return { ...rest, place }
    }
    const spinners = [
      ...document.querySelectorAll('[role=progressbar]:not([aria-valuenow]), [aria-busy=true]'),
    ].filter(each => each.checkVisibility())
    const spinner = spinners[0]
    const blank = (document.querySelector('main')?.textContent ?? '').trim() === ''
    return {
      ...rest,
      place: 'app' as const,
      busy:
        rest.busy ??
        (spinner
          ? `spinner: ${spinner.getAttribute('aria-label') ?? spinner.textContent?.trim()}`
          : blank
            ? 'blank'
            : document.querySelector('iframe')
              ? 'hidden frame'
              : null),
      signedIn: texts('h1, a[href$="/profile"]').some(text => text.includes('Alice')),
      reconnecting: texts('[role=status]').some(text => text.startsWith('The provider cannot be reached')),
      signInButton: texts('button:not([aria-busy=true])').some(text =>
        /^(Sign in|Sign in again|Start the sign-in)$/.test(text),
      ),
    }
  }, appOrigin)
  return within<Sight>(
    seen.catch(() => moving),
    { ...moving, busy: noAnswer },
  )
}
