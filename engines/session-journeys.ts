/** The session after the sign-in: kept, renewed, found again, ended. */
import type { Demo } from '../provider/demo.ts'
import type { Driver } from './driver.ts'
import type { Journey } from './journey.ts'
import { silentRequests, tokenRequests, toSilentCallback } from './provider-requests.ts'
import { same } from './same.ts'
import { aliceHeading, signIn, signInButton } from './signing-in.ts'

/** A reload of the profile, and by which way the session came back. */
async function reload(browser: Driver, demo: Demo): Promise<string> {
  const before = demo.log.entries.length
  await browser.reload()
  await browser.see(aliceHeading)
  const ways = silentRequests(demo, before).map(each =>
    toSilentCallback(each) ? 'hidden frame' : 'redirect',
  )
  if (ways.length === 0) throw new Error('the provider was not asked')
  return `no click, no password: ${ways.join(', then ')}`
}

export const sessionJourneys: readonly Journey[] = [
  {
    claim: 'the access token is renewed silently',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      const renewals = () => tokenRequests(demo, 'refresh_token')
      const before = renewals().length
      await browser.until('a refresh request', async () => renewals().length > before)
      same('its status', renewals()[before]?.status, 200)
      await browser.until('the page says so', async () =>
        /renewed \d+ times?/.test(await browser.text('.profile-token')),
      )
      await browser.see(aliceHeading)
      return 'by its own timer, one refresh request, 200'
    },
  },
  {
    claim: 'a reload keeps the person signed in, provider on the same site',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      return reload(browser, demo)
    },
  },
  {
    claim: 'a reload keeps the person signed in, provider on another site',
    walk: async (browser, { demo, otherOrigin }) => {
      await signIn(browser, otherOrigin)
      return reload(browser, demo)
    },
  },
  {
    claim: 'sign-out ends the session here and at the provider',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      await browser.click({ role: 'button', name: 'Sign out' })
      await browser.at(`${demo.appOrigin}/`)
      const form = demo.log.entries.findLast(({ method, path }) => method === 'POST' && path === '/logout')
      same('the origin that the form names', form?.origin, demo.appOrigin)
      await browser.click(signInButton)
      await browser.see({ role: 'textbox', name: 'Password' })
      return 'back at the start, and the provider asks for the password again'
    },
  },
  {
    claim: 'sign-out in one tab signs the other tab out',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      const first = await browser.windows.current()
      const second = await browser.windows.goToNewTab()
      await browser.goto(`${demo.appOrigin}/profile`)
      await browser.see(aliceHeading)
      await browser.windows.goTo(first)
      await browser.click({ role: 'button', name: 'Sign out' })
      await browser.at(`${demo.appOrigin}/`)
      await browser.windows.goTo(second)
      await browser.see({ role: 'heading', name: 'Your profile is protected' })
      same('the name is gone', await browser.isShown(aliceHeading), false)
      same('the address', await browser.url(), `${demo.appOrigin}/profile`)
      return 'signed in in both without a second password, then out in both'
    },
  },
]
