/** The way in, by a redirect of the whole page. */
import { failed, seeFailure } from './failure.ts'
import type { Journey } from './journey.ts'
import { tokenRequests } from './provider-requests.ts'
import { same } from './same.ts'
import { aliceHeading, atSignInPage, signIn, signInButton } from './signing-in.ts'

export const signInJourneys: readonly Journey[] = [
  {
    claim: 'sign-in with code and PKCE shows the profile',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      await browser.see('[role=rowheader], th[scope=row]')
      const asked = demo.log.entries.find(({ path }) => path === '/authorize')
      same('code_challenge_method', asked?.query.get('code_challenge_method'), 'S256')
      const [redeemed] = tokenRequests(demo, 'authorization_code')
      if (!redeemed?.form.get('code_verifier')) throw new Error('no code_verifier in the token request')
      const secrets = await browser.evaluate(
        'return JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, location.href])',
      )
      const kept = demo.secrets.values.filter(secret => String(secrets).includes(secret))
      same('secrets in storage or address', kept, [])
      return 'Alice Åström; S256; nothing secret in storage'
    },
  },
  {
    claim: 'a denied consent says so and offers a way on',
    walk: async (browser, { demo }) => {
      await browser.goto(`${demo.appOrigin}/`)
      await browser.click(signInButton)
      await atSignInPage(browser)
      await browser.click({ role: 'button', name: 'Deny' })
      await seeFailure(browser, 'auth_response_access_denied')
      await browser.click({ role: 'button', name: 'Sign in again' })
      // The provider knows her by now, so it asks for consent only.
      await browser.click({ role: 'button', name: 'Allow' })
      await browser.see(aliceHeading)
      return 'auth_response_access_denied, then signed in'
    },
  },
  {
    claim: 'a protected page visited while signed out comes back to itself',
    walk: async (browser, { demo }) => {
      const wanted = `${demo.appOrigin}/profile?tab=claims`
      await browser.goto(wanted)
      await browser.click(signInButton)
      await atSignInPage(browser, 'bob')
      await browser.click({ role: 'button', name: 'Allow' })
      await browser.at(wanted)
      await browser.see({ role: 'heading', name: /بوب/ })
      return '/profile?tab=claims'
    },
  },
  {
    claim: 'Back and Forward after the sign-in show no failure and spend no code twice',
    walk: async (browser, { demo, backOrigin }) => {
      await signIn(browser, backOrigin)
      await browser.back()
      await browser.at(url => url.pathname !== '/profile')
      const { origin, pathname } = new URL(await browser.url())
      const behind = origin === backOrigin ? `the app's ${pathname}` : "the provider's page"
      // What the provider says of a sign-in that is over is its own affair.
      if (origin === backOrigin) same('a failure', await browser.isShown(failed), false)
      await browser.forward()
      await browser.at(`${backOrigin}/profile`)
      await browser.see(aliceHeading)
      same('a failure', await browser.isShown(failed), false)
      const codes = demo.log.entries.flatMap(({ form }) => form.getAll('code'))
      same('codes spent twice', codes.length - new Set(codes).size, 0)
      return `behind the profile: ${behind}${backOrigin === demo.appOrigin ? '' : '; served without opener policy'}`
    },
  },
]
