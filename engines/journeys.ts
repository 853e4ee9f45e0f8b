/** The journeys, the same list for each engine. Each one starts with an empty profile. */
import type { Demo } from '../provider/demo.ts'
import type { Driver } from './driver.ts'

export interface Site {
  readonly demo: Demo
  /** The same app on another site than the provider: by address instead of by name. */
  readonly otherOrigin: string
  /** The same app where the driver of this engine can follow Back. */
  readonly backOrigin: string
}

export interface Journey {
  readonly claim: string
  /** @returns what was seen, for the line */
  readonly walk: (browser: Driver, site: Site) => Promise<string>
}

const signInButton = { role: 'button', name: /^Sign in/ } as const
const aliceHeading = { role: 'heading', name: 'Alice Åström' } as const
const failed = '[role=alert][data-error-code]'

async function atSignInPage(browser: Driver, username = 'alice'): Promise<void> {
  await browser.fill({ role: 'textbox', name: 'Username' }, username)
  await browser.fill({ role: 'textbox', name: 'Password' }, 'password')
  await browser.click({ role: 'button', name: 'Sign in' })
}

async function signIn(browser: Driver, origin: string): Promise<void> {
  await browser.goto(`${origin}/`)
  await browser.click(signInButton)
  await atSignInPage(browser)
  await browser.click({ role: 'button', name: 'Allow' })
  await browser.at(`${origin}/profile`)
  await browser.see(aliceHeading)
}

const tokenRequests = (demo: Demo, grant: string) =>
  demo.log.entries.filter(({ path, form }) => path === '/token' && form.get('grant_type') === grant)

/** What the provider was asked on the way of a reload: in a frame, or by a redirect of the whole page. */
const silentRequests = (demo: Demo, from: number) =>
  demo.log.entries
    .slice(from)
    .filter(({ path, query }) => path === '/authorize' && query.get('prompt') === 'none')

const viaFrame = ({ query }: { query: URLSearchParams }) =>
  new URL(query.get('redirect_uri') ?? '').pathname === '/silent-callback.html'

/** A reload of the profile, and by which way the session came back. */
async function reload(browser: Driver, demo: Demo): Promise<string> {
  const before = demo.log.entries.length
  await browser.reload()
  await browser.see(aliceHeading)
  const ways = silentRequests(demo, before).map(each => (viaFrame(each) ? 'hidden frame' : 'redirect'))
  if (ways.length === 0) throw new Error('the provider was not asked')
  return `no click, no password: ${ways.join(', then ')}`
}

function same(what: string, seen: unknown, wanted: unknown): void {
  const [left, right] = [seen, wanted].map(each => JSON.stringify(each))
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`)
}

/** Kind and status of each message that the lens drew; a story as short as a sign-in is drawn whole. */
async function drawnMessages(browser: Driver): Promise<string[]> {
  const rows = await browser.evaluate(
    `return [...document.querySelectorAll('[aria-label="Protocol messages"] [data-step]')]
      .map(({ dataset }) => dataset.step + ' ' + dataset.status)`,
  )
  return Array.isArray(rows) ? rows.map(String) : []
}

export const journeys: readonly Journey[] = [
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
    claim: 'a denied consent says so and offers a way on',
    walk: async (browser, { demo }) => {
      await browser.goto(`${demo.appOrigin}/`)
      await browser.click(signInButton)
      await atSignInPage(browser)
      await browser.click({ role: 'button', name: 'Deny' })
      await browser.see(failed)
      const code = await browser.evaluate(
        `return document.querySelector('${failed}').getAttribute('data-error-code')`,
      )
      same('the code', code, 'auth_response_access_denied')
      await browser.click({ role: 'button', name: 'Sign in again' })
      // The provider knows her by now, so it asks for consent only.
      await browser.click({ role: 'button', name: 'Allow' })
      await browser.see(aliceHeading)
      return 'auth_response_access_denied, then signed in'
    },
  },
  {
    claim: 'sign-out ends the session here and at the provider',
    walk: async (browser, { demo }) => {
      await signIn(browser, demo.appOrigin)
      await browser.click({ role: 'button', name: 'Sign out' })
      await browser.at(`${demo.appOrigin}/`)
      await browser.click(signInButton)
      await browser.see({ role: 'textbox', name: 'Password' })
      return 'back at the start, and the provider asks for the password again'
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
  {
    claim: 'the lens shows the messages that the provider logged',
    walk: async (browser, { demo }) => {
      const from = demo.log.entries.length
      await signIn(browser, demo.appOrigin)
      await browser.see('[role=rowheader], th[scope=row]')
      await browser.click({ role: 'link', name: 'Flow' })
      // The profile has a small lens of its own, which goes with it.
      await browser.at(`${demo.appOrigin}/`)
      await browser.until('the profile is gone', async () => !(await browser.isShown(aliceHeading)))
      await browser.see('[data-step=profile_response][data-status=done]')
      const shown = await drawnMessages(browser)
      same(
        'failed messages',
        shown.filter(each => / (failed|blocked)$/.test(each)),
        [],
      )
      const logged = demo.log.entries.slice(from)
      const drawn = (step: string) => shown.filter(each => each === `${step} done`).length
      const asked = (wanted: string) => logged.filter(({ path }) => path === wanted).length
      same('authorization requests', drawn('authorization_request'), asked('/authorize'))
      same('token requests', drawn('token_request'), asked('/token'))
      same('discovery requests', drawn('discovery_request'), asked('/.well-known/openid-configuration'))
      await browser.click('[data-step=token_request] button')
      await browser.until('the inspector names the verifier', async () =>
        (await browser.text('.lens-side')).includes('code_verifier'),
      )
      return `${shown.filter(each => each.endsWith(' done')).length} messages, from both sides of the redirect`
    },
  },
]
