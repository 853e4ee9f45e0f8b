/**
 * The journey in the browser, the same for every provider: only what the outside contract promises is used to find
 * things on the page, so that a rebuilt page does not break it.
 */
import { type Browser, expect, type Page, type Request } from '@playwright/test'
import type { AuthorizationServer } from 'oauth4webapi'
import { freshPage } from './browser.ts'
import type { RunningProvider } from './provider.ts'
import type { ServedApp } from './static-app.ts'
import type { Tally } from './tally.ts'

export interface Journey {
  readonly provider: RunningProvider
  readonly metadata: AuthorizationServer
  readonly app: ServedApp
  readonly browser: Browser
  readonly tally: Tally
}

const signInButton = (page: Page) =>
  page
    .locator('main')
    .getByRole('button', { name: /^Sign in/ })
    .first()
const failure = (page: Page) => page.locator('[role="alert"][data-error-code]').first()

/** The code of the failure on the page, or null. */
async function failureCode(page: Page): Promise<string | null> {
  return (await failure(page).count()) > 0 ? failure(page).getAttribute('data-error-code') : null
}

/** Waits for the heading with the name; a failure on the page ends the wait with its code. */
async function expectName(page: Page, name: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name })
  await heading.or(failure(page)).first().waitFor()
  const code = await failureCode(page)
  if (code !== null)
    throw new Error(`the app shows ${code}: ${(await failure(page).innerText()).replaceAll('\n', ' ')}`)
  await expect(heading).toBeVisible()
}

/** From the start page through the provider's page back to the profile. */
export async function signIn({ provider, app }: Journey, page: Page): Promise<void> {
  await page.goto(`${app.origin}/`)
  await signInButton(page).click()
  await page.waitForURL(url => url.origin === new URL(provider.issuer).origin)
  await provider.signInOnPage(page)
  await page.waitForURL(url => url.origin === app.origin)
}

const isRefresh = (request: Request, endpoint: string | undefined) =>
  request.url() === endpoint &&
  request.method() === 'POST' &&
  /grant_type=refresh_token/.test(request.postData() ?? '')

async function reloadKeepsTheSession(journey: Journey, page: Page): Promise<string> {
  const { provider, app } = journey
  await page.reload()
  if (provider.silent === 'cookie') {
    await expectName(page, provider.person.name)
    return 'no click, no password'
  }
  // This provider refuses prompt=none without a hint; nothing is stored that could be one, so one click it is.
  const again = page.getByRole('button', { name: /^Sign in/ }).first()
  await again.waitFor()
  const code = await failureCode(page)
  await again.click()
  await page.waitForURL(url => url.origin === new URL(provider.issuer).origin)
  await provider.signInOnPage(page)
  await page.waitForURL(url => url.origin === app.origin)
  await expectName(page, provider.person.name)
  return `${provider.title} wants ${provider.silent} with prompt=none; the app asks for one click${code === null ? '' : `, ${code}`}`
}

async function renewsSilently(journey: Journey, page: Page): Promise<string> {
  // A request under way would see the jump of the clock as its own time-out.
  await page.waitForLoadState('networkidle')
  const answer = page.waitForResponse(each => isRefresh(each.request(), journey.metadata.token_endpoint))
  await page.clock.fastForward(295_000)
  const response = await answer
  if (!response.ok()) throw new Error(`the token endpoint answered ${response.status()}`)
  await expectName(page, journey.provider.person.name)
  return 'the clock of the page moved on by 295 s, one refresh request, 200'
}

async function logoutComesBack({ provider, app }: Journey, page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await provider.signOutOnPage(page)
  await page.waitForURL(url => url.origin === app.origin && url.pathname === '/')
  await signInButton(page).waitFor()
  await signInButton(page).click()
  await page.locator('input[type="password"]').waitFor()
  return 'back at the start, and the provider asks for the password again'
}

/** Sign-in, profile, reload, renewal, sign-out, in one browser profile. */
export async function walk(journey: Journey): Promise<void> {
  const { tally, provider, app, browser, metadata } = journey
  app.configure({ issuer: provider.issuer, client_id: provider.client, scope: provider.scope })
  const page = await freshPage(browser)
  await page.clock.install()
  const signedIn = await tally.check('sign-in shows the profile', async () => {
    await signIn(journey, page)
    await expectName(page, provider.person.name)
    const { pathname, search } = new URL(page.url())
    expect(pathname + search, 'the code left the address bar').toBe('/profile')
    return provider.person.name
  })
  if (signedIn) {
    await tally.check('a reload keeps the session', () => reloadKeepsTheSession(journey, page))
    await tally.check('the access token is renewed silently', () => renewsSilently(journey, page))
    if (metadata.end_session_endpoint !== undefined)
      await tally.check('sign-out comes back', () => logoutComesBack(journey, page))
  }
  await page.context().close()
}
