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
  /** What the app's own policy refused on its pages, in all steps so far. */
  readonly refused: string[]
}

/** A new browser profile for a step. */
export const newPage = ({ browser, app, refused }: Journey): Promise<Page> =>
  freshPage(browser, app.origin, what => refused.push(what))

export const signInButton = (page: Page) => page.getByRole('button', { name: /^Sign in/ }).first()

/** The failure that the app shows. */
export const failure = (page: Page) => page.locator('[role="alert"][data-error-code]').first()

/** The code of the failure on the page, or null. */
async function failureCode(page: Page): Promise<string | null> {
  return (await failure(page).count()) > 0 ? failure(page).getAttribute('data-error-code') : null
}

/** Waits for the heading with the name; a failure on the page ends the wait with its code. */
export async function expectName(page: Page, name: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name })
  await heading.or(failure(page)).first().waitFor()
  const code = await failureCode(page)
  if (code !== null) throw new Error(`the app shows ${code}: ${(await failure(page).textContent()) ?? ''}`)
  await expect(heading).toBeVisible()
}

/** From the start page through the provider's page back to the profile. */
export async function signIn({ provider, app }: Journey, page: Page): Promise<void> {
  await page.goto(`${app.origin}/`)
  await signInButton(page).click()
  await page.waitForURL(url => url.origin === provider.pages)
  await provider.signInOnPage(page)
  await page.waitForURL(url => url.origin === app.origin)
}

const isTokenRequest = (request: Request, endpoint: string | undefined, grant: string) =>
  request.url() === endpoint &&
  request.method() === 'POST' &&
  new URLSearchParams(request.postData() ?? '').get('grant_type') === grant

async function reloadKeepsTheSession({ provider }: Journey, page: Page): Promise<string> {
  await page.reload()
  await expectName(page, provider.person.name)
  return 'no click, no password'
}

/** Without a stored token there is no hint to send, so the provider refuses `prompt=none` and one click it is. */
async function reloadCostsOneClick({ provider, app }: Journey, page: Page): Promise<string> {
  await page.reload()
  const again = signInButton(page)
  await again.waitFor()
  const code = await failureCode(page)
  await again.click()
  await page.waitForURL(url => url.origin === provider.pages)
  expect(await provider.signInOnPage(page), 'the password is asked again').toBe(false)
  await page.waitForURL(url => url.origin === app.origin)
  await expectName(page, provider.person.name)
  return `${provider.title} refuses prompt=none without ${provider.silent}; the app showed ${code ?? 'the way in'}; no password`
}

async function renewsSilently(journey: Journey, page: Page): Promise<string> {
  // A request under way would see the jump of the clock as its own time-out.
  await page.waitForLoadState('networkidle')
  const { provider, metadata } = journey
  const grant = provider.renewsBy === 'refresh token' ? 'refresh_token' : 'authorization_code'
  const [response] = await Promise.all([
    page.waitForResponse(each => isTokenRequest(each.request(), metadata.token_endpoint, grant)),
    page.clock.fastForward(295_000),
  ])
  if (!response.ok()) throw new Error(`the token endpoint answered ${response.status()}`)
  await expectName(page, provider.person.name)
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  return `the clock of the page moved on by 295 s: one token request (${grant}), 200`
}

async function logoutComesBack({ provider, app }: Journey, page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await provider.signOutOnPage(page)
  await page.waitForURL(url => url.origin === app.origin && url.pathname === '/')
  await signInButton(page).click()
  await page.locator('input[type="password"]').waitFor()
  return 'back at the start, and the provider asks for the password again'
}

/** The provider has no POST at its logout endpoint and shows an error of its own; the app has forgotten all the same. */
async function logoutStaysAtProvider({ provider, app, metadata }: Journey, page: Page): Promise<string> {
  const [answer] = await Promise.all([
    page.waitForResponse(each => each.url() === metadata.end_session_endpoint),
    page.getByRole('button', { name: 'Sign out' }).first().click(),
  ])
  // The answer is here before the browser shows it; a page opened in between is given up for it.
  await expect(() => page.goto(`${app.origin}/profile`)).toPass()
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .waitFor()
  await expect(page.getByRole('heading', { level: 1, name: provider.person.name })).toHaveCount(0)
  return `${provider.title} answers POST with ${answer.status()}; the app is signed out, the provider is not`
}

/** Sign-in, profile, reload, renewal, sign-out, in one browser profile. */
export async function walk(journey: Journey): Promise<void> {
  const { tally, provider, app, metadata } = journey
  app.configure({ issuer: provider.issuer, client_id: provider.client, scope: provider.scope })
  const page = await newPage(journey)
  await page.clock.install()
  const signedIn = await tally.check('sign-in shows the profile', async () => {
    await signIn(journey, page)
    await expectName(page, provider.person.name)
    const { pathname, search } = new URL(page.url())
    expect(pathname + search, 'the code left the address bar').toBe('/profile')
    return provider.person.name
  })
  if (signedIn) {
    if (provider.silent === 'cookie')
      await tally.check('a reload keeps the session', () => reloadKeepsTheSession(journey, page))
    else await tally.check('after a reload one click is enough', () => reloadCostsOneClick(journey, page))
    await tally.check('the access token is renewed silently', () => renewsSilently(journey, page))
    if (metadata.end_session_endpoint !== undefined && provider.endSession === 'get and post')
      await tally.check('sign-out comes back', () => logoutComesBack(journey, page))
    if (provider.endSession === 'get only')
      await tally.check('sign-out forgets the session here', () => logoutStaysAtProvider(journey, page))
  }
  await page.context().close()
}

/** The same sign-in with the two extensions that the provider announces in its metadata. */
export async function walkExtensions(journey: Journey): Promise<void> {
  const { tally, provider, app, metadata } = journey
  const base = { issuer: provider.issuer, client_id: provider.client, scope: provider.scope }
  if (metadata.dpop_signing_alg_values_supported !== undefined)
    await tally.check('DPoP: the token is bound to a key of the browser', async () => {
      app.configure({ ...base, dpop: true })
      const page = await newPage(journey)
      const isProfile = (each: Request) =>
        each.url() === metadata.userinfo_endpoint && each.method() === 'GET'
      const [profile] = await Promise.all([page.waitForRequest(isProfile), signIn(journey, page)])
      await expectName(page, provider.person.name)
      const { authorization = '', dpop = '' } = profile.headers()
      expect(authorization, 'the scheme of the UserInfo request').toMatch(/^DPoP /)
      expect(dpop, 'the proof of the UserInfo request').toMatch(/^eyJ/)
      await page.context().close()
      return 'Authorization: DPoP, with a proof'
    })
  if (metadata.pushed_authorization_request_endpoint !== undefined)
    await tally.check('PAR: the request is pushed, the address carries a reference', async () => {
      app.configure({ ...base, par: true })
      const page = await newPage(journey)
      const isRequest = (each: Request) => each.url().startsWith(`${metadata.authorization_endpoint}?`)
      const [request] = await Promise.all([page.waitForRequest(isRequest), signIn(journey, page)])
      await expectName(page, provider.person.name)
      const names = [...new URL(request.url()).searchParams.keys()].sort()
      expect(names).toEqual(['client_id', 'request_uri'])
      await page.context().close()
      return names.join(', ')
    })
}
