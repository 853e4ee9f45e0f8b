import type { Page } from '@playwright/test'
import { expect, goToConsent, signIn, signInAtProvider, test, travel } from './app.ts'

/** Serves another `config.json` to this page, as a deployment would. */
async function configure(page: Page, config: unknown): Promise<void> {
  await page.route('**/config.json', route => route.fulfill({ json: config }))
}

const alert = (page: Page) => page.locator('[role=alert]').first()

test('a missing config.json gives a page that says so', async ({ page, demo }) => {
  await page.route('**/config.json', route => route.fulfill({ status: 404, body: 'not here' }))
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'config_unreadable')
  // A first visitor of a protected page is told the same, before they press anything.
  await page.goto(`${demo.appOrigin}/profile`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'config_unreadable')
})

test('a host that answers config.json with a page of the app is told apart from a wrong file', async ({
  page,
  demo,
}) => {
  await page.route('**/config.json', route => route.fulfill({ body: '<!doctype html><title>App</title>' }))
  await page.goto(demo.appOrigin)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'config_unreadable')
  await expect(alert(page)).toContainText('found a web page')
  await expect(alert(page)).toContainText('beside index.html')
})

test('a config.json that became wrong is told beside the story that is there', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Username').waitFor()
  await configure(page, { ...demo.config, dpop: 'perhaps' })
  await page.goto(`${demo.appOrigin}/`)
  await expect(page.locator('[data-step=authorization_request]:not([data-status=upcoming])')).toBeVisible()
  await expect(page.locator('[role=alert][data-error-code=config_invalid]')).toContainText('dpop')
})

test('RESP-10: a slash that a host adds at the end of an address changes nothing', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/callback/?code=a&state=b`)
  await expect(page.locator('[role=alert]')).toHaveAttribute('data-error-code', 'auth_response_state_unknown')
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/callback')
  await page.goto(`${demo.appOrigin}/profile/?a=b`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/profile?a=b')
})

test('AREQ-02: a client secret in config.json is refused and named', async ({ page, demo }) => {
  await configure(page, { ...demo.config, client_secret: 'do-not-show-me' })
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'config_secret_forbidden')
  await expect(alert(page)).toContainText('client_secret')
  await expect(page.locator('body')).not.toContainText('do-not-show-me')
})

test('META-01: an http issuer away from this machine is refused', async ({ page, demo }) => {
  await configure(page, { ...demo.config, issuer: 'http://op.example' })
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'config_invalid_issuer_url')
  await expect(alert(page)).toContainText('issuer')
  await expect(page.getByRole('list', { name: 'Protocol messages' })).toBeAttached()
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(page.locator('.lens-notice').getByRole('alert')).toBeVisible()
  // Once, although the sign-in has failed of it too.
  await expect(page.getByRole('alert')).toHaveCount(1)
})

test('META-04: a provider that calls itself something else is refused before anything is sent', async ({
  page,
  demo,
}) => {
  await configure(page, { ...demo.config, issuer: `${demo.issuer}/` })
  const before = demo.log.entries.length
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'discovery_issuer_mismatch')
  expect(demo.log.entries.slice(before).filter(({ path }) => path === '/authorize')).toEqual([])
})

test('a provider that is down is named, and trying again works', async ({ page, demo }) => {
  await page.route(`${demo.issuer}/**`, route => route.abort())
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'discovery_fetch_failed')
  await page.unroute(`${demo.issuer}/**`)
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInAtProvider(page)
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
})

test('TOK-12: a token endpoint that cannot be read is asked once', async ({ page, demo }) => {
  let asked = 0
  await page.route(`${demo.issuer}/token`, route => {
    asked += 1
    return route.abort()
  })
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'network_or_cors_blocked')
  expect(asked).toBe(1)
})

test('TOK-09: a gateway page instead of tokens is reported as what it is', async ({ page, demo }) => {
  await page.route(`${demo.issuer}/token`, route =>
    route.fulfill({
      status: 502,
      contentType: 'text/html',
      body: '<h1>Bad gateway</h1>',
      headers: { 'access-control-allow-origin': '*' },
    }),
  )
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'token_response_not_json')
})

test('an API that refuses leaves the person signed in and offers to load again', async ({ page, demo }) => {
  let refuse = true
  await page.route(demo.profileUrl, route =>
    refuse && route.request().method() === 'GET'
      ? route.fulfill({
          status: 403,
          headers: {
            'access-control-allow-origin': '*',
            'access-control-expose-headers': 'WWW-Authenticate',
            'www-authenticate': 'Bearer error="insufficient_scope", scope="read_profile"',
          },
        })
      : route.continue(),
  )
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'resource_insufficient_scope')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  refuse = false
  await page.getByRole('button', { name: 'Load the profile again' }).click()
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  await expect(page.locator('[role=alert]')).toHaveCount(0)
})

test('IDT-12: a wrong clock is named as the reason', async ({ page, demo }) => {
  await page.clock.install({ time: Date.now() + 3 * 86_400_000 })
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'id_token_expired')
  await expect(alert(page)).toContainText('3 days')
})

test('RESP-12: a sign-in older than ten minutes is not finished', async ({ page, demo }) => {
  await page.clock.install()
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  const allow = page.getByRole('button', { name: 'Allow' })
  await goToConsent(page)
  await allow.waitFor()
  await page.clock.fastForward(11 * 60_000)
  await allow.click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'auth_response_transaction_expired')
})

test('coming back from the provider without an answer is explained', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(page.getByLabel('Username')).toBeVisible()
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'authorization_abandoned')
})

test('DPOP-11: the key of a sign-in that nobody came back from goes with a later one', async ({
  page,
  demo,
}) => {
  await page.route('**/config.json', route => route.fulfill({ json: { ...demo.config, dpop: true } }))
  // The clock of the pages, set forward below.
  await page.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() + Number(localStorage.getItem('later'))
  })
  const goAndComeBack = async () => {
    await page.goto(`${demo.appOrigin}/`)
    await page
      .getByRole('button', { name: /^Sign in/ })
      .first()
      .click()
    await expect(page.getByLabel('Username')).toBeVisible()
    await page.goto(`${demo.appOrigin}/`)
    await expect(page.getByRole('alert')).toHaveAttribute('data-error-code', 'authorization_abandoned')
    return keysKept()
  }
  const keysKept = () =>
    page.evaluate(
      () =>
        new Promise(resolve => {
          const opening = indexedDB.open('pkce-lens')
          opening.onsuccess = () => {
            const counting = opening.result.transaction('dpop-keys').objectStore('dpop-keys').count()
            counting.onsuccess = () => resolve(counting.result)
          }
        }),
    )
  expect(await goAndComeBack()).toBe(1)
  expect(await goAndComeBack()).toBe(2)
  await page.evaluate(() => localStorage.setItem('later', String(21 * 60_000)))
  expect(await goAndComeBack()).toBe(1)
  // The one of a sign-in that is finished is taken out at once (DPOP-10).
  await signIn(page, demo)
  expect(await keysKept()).toBe(1)
})

test('LOUT-08: sign-out reaches every tab', async ({ page, demo, context }) => {
  await signIn(page, demo)
  const other = await context.newPage()
  await other.goto(`${demo.appOrigin}/profile`)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Your profile is protected')
})

test('LOUT-07: a provider that keeps the person after the sign-out is told by who comes back by hand', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  await page.route(`${demo.issuer}/logout`, route => route.fulfill({ status: 400, body: 'not registered' }))
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('not registered')).toBeVisible()
  await page.goto(`${demo.appOrigin}/profile`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'logout_not_returned')
  await page.getByRole('link', { name: 'Open the diagnosis' }).click()
  await expect(page.getByText('logout_not_returned').first()).toBeVisible()
  await expect(page.getByText(`${demo.appOrigin}/`, { exact: true }).first()).toBeVisible()
})

test('LOUT-01: without a sign-out of the provider it is said that its session stays', async ({
  page,
  demo,
}) => {
  await page.route(`${demo.issuer}/.well-known/openid-configuration`, async route => {
    const { end_session_endpoint: _, ...metadata } = await (await route.fetch()).json()
    await route.fulfill({ json: metadata })
  })
  await signIn(page, demo)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const note = page.locator('[data-note=logout_endpoint_missing]')
  await expect(note).toContainText('You are signed out here only. This provider has no sign-out of its own.')
  await expect(page.getByRole('status').filter({ hasText: 'Signed out here only' })).toHaveCount(1)
  await note.getByRole('button', { name: 'Got it' }).click()
  await expect(note).toHaveCount(0)
})

test('LOUT-09: Back after sign-out shows no claims', async ({ page, demo }) => {
  await signIn(page, demo)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${demo.appOrigin}/`)
  await travel(page, 'back')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your profile is protected')
  await expect(page.locator('body')).not.toContainText('alice@example.com')
})

test('LOUT-09: a profile that was left, and is come back to after a sign-out in another tab, shows no claims', async ({
  page,
  demo,
  context,
}) => {
  await signIn(page, demo)
  const other = await context.newPage()
  await other.goto(`${demo.appOrigin}/profile`)
  await page.goto(`${demo.issuer}/.well-known/openid-configuration`)
  await other.getByRole('button', { name: 'Sign out' }).click()
  await expect(other).toHaveURL(`${demo.appOrigin}/`)
  await travel(page, 'back')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your profile is protected')
  await expect(page.locator('body')).not.toContainText('alice@example.com')
})

test('Back from the provider: it is told that no answer came, and the page can sign in again', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(page.getByLabel('Username')).toBeVisible()
  await travel(page, 'back')
  await expect(alert(page)).toHaveAttribute('data-error-code', 'authorization_abandoned')
  await expect(page.getByText(/^The tab was away for \d+ s\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInAtProvider(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
})

test('a profile that was left is there at Back, and its token is renewed', async ({ page, demo }) => {
  await signIn(page, demo)
  await expect(page.getByRole('cell', { name: 'alice@example.com' })).toBeVisible()
  await page.goto(`${demo.issuer}/.well-known/openid-configuration`)
  await travel(page, 'back')
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
})

test('a renewal by hand that the provider refuses says so, and the person stays', async ({ page, demo }) => {
  await signIn(page, demo)
  await expect(page.getByRole('cell', { name: 'alice@example.com' })).toBeVisible()
  const refusal = {
    status: 400,
    headers: { 'access-control-allow-origin': '*' },
    json: { error: 'unauthorized_client' },
  }
  await page.route(`${demo.issuer}/token`, route => route.fulfill(refusal))
  await page.route(`${demo.issuer}/authorize?*`, route => route.abort())
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'token_response_error')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await page.unrouteAll()
  await alert(page).getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await expect(alert(page)).toHaveCount(0)
})
