/** The way in by a popup: the page stays. */
import type { Driver } from './driver.ts'
import { seeFailure } from './failure.ts'
import type { Journey } from './journey.ts'
import { toSilentCallback } from './provider-requests.ts'
import { same } from './same.ts'
import { atProvider } from './signing-in.ts'

const password = { role: 'textbox', name: 'Password' } as const

/** From the start page to the provider's page in a popup. */
async function openPopup(browser: Driver, origin: string): Promise<{ page: string; popup: string }> {
  await browser.goto(`${origin}/`)
  await browser.click('details:has(.app-ways) > summary')
  const page = await browser.windows.current()
  const popup = await browser.windows.goToOpened(() => browser.click({ role: 'button', name: 'In a popup' }))
  await browser.see(password)
  return { page, popup }
}

export const popupJourneys: readonly Journey[] = [
  {
    claim: 'a popup signs in while the page stays',
    walk: async (browser, { demo }) => {
      const { page, popup } = await openPopup(browser, demo.appOrigin)
      await atProvider(browser)
      await browser.windows.closedItself(popup, page)
      await browser.see({ role: 'link', name: /Alice Åström/ })
      await browser.see('[data-step=profile_response][data-status=done]')
      same('the address', await browser.url(), `${demo.appOrigin}/`)
      const asked = demo.log.entries.filter(({ path }) => path === '/authorize').at(-1)
      same('answered to the page for popups', asked && toSilentCallback(asked), true)
      return 'the popup closed itself, Alice Åström in the page'
    },
  },
  {
    claim: 'a popup that was closed can be given up, and begun again',
    walk: async (browser, { demo }) => {
      const { page } = await openPopup(browser, demo.appOrigin)
      await browser.windows.close(page)
      await browser.read(`${demo.appOrigin}/silent-callback.html`)
      await browser.click({ role: 'button', name: 'Stop waiting' })
      await seeFailure(browser, 'popup_closed')
      same('still waiting', await browser.isShown({ role: 'button', name: 'Stop waiting' }), false)
      await browser.click({ role: 'button', name: 'Sign in again' })
      await browser.see(password)
      return 'popup_closed, and "Sign in again" leads to the provider'
    },
  },
]
