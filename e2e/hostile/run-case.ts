/** Drives one case of the hostile suite through the built app, and what can be seen of it from outside. */
import { expect, type Page } from '@playwright/test'
import type { AcceptedCase, ConfigFields, RefusedCase } from './cases.ts'
import type { HostileProvider } from './provider.ts'
import { clientId, names } from './state.ts'
import type { Endpoint } from './switches.ts'

export interface Stage {
  readonly page: Page
  readonly provider: HostileProvider
  /** Errors that nobody caught. */
  readonly uncaught: readonly string[]
}

type Case = AcceptedCase | RefusedCase

function configOf(provider: HostileProvider, fields: ConfigFields = {}): Record<string, unknown> {
  const { profile_url: profileUrl, ...others } = fields
  return {
    issuer: provider.issuer,
    client_id: clientId,
    ...others,
    ...(profileUrl === 'own-api' ? { profile_url: new URL('/user/profile', provider.issuer).href } : {}),
  }
}

/** Requests without their preflights. */
const asked = (provider: HostileProvider, endpoint: Endpoint) =>
  provider.requests.filter(each => each.endpoint === endpoint && each.method !== 'OPTIONS')

async function clickSignIn(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
}

/** From an empty browser to the end of the case. */
export async function play({ page, provider }: Stage, each: Case): Promise<void> {
  provider.reset()
  provider.set(each.switches)
  await page.route('**/config.json', route => route.fulfill({ json: configOf(provider, each.config) }))
  await page.clock.install()
  await page.goto('/')
  await clickSignIn(page)
  const { wait, next } = each
  if (wait) {
    await expect
      .poll(() => asked(provider, wait.at).length, { message: `${wait.at} is asked` })
      .toBeGreaterThan(0)
    await page.clock.fastForward(wait.milliseconds)
  }
  if (!next) return
  await expect(page.getByRole('heading', { level: 1, name: names.plain })).toBeVisible()
  provider.set(next.switches)
  if (next.action === 'reload') await page.reload()
  else await page.getByRole('button', { name: 'Sign out' }).first().click()
  if (next.action === 'sign_in_again') await clickSignIn(page)
}

/** Codes of the alerts that stand on the page. */
const alertCodes = (page: Page): Promise<(string | null)[]> =>
  page
    .locator('[role=alert][data-error-code]')
    .evaluateAll(all => all.map(each => each.getAttribute('data-error-code')))

export async function expectRefused(stage: Stage, each: RefusedCase): Promise<void> {
  const { page, provider } = stage
  await expect.poll(() => alertCodes(page), { message: 'the alert of the page' }).toContain(each.code)
  // Whatever the page may have planned for later would happen within these two minutes.
  await page.clock.fastForward(120_000)
  const first = provider.requests.findIndex(({ endpoint }) => endpoint === each.at)
  expect(first, `${each.at} was asked`).toBeGreaterThanOrEqual(0)
  const after = provider.requests.slice(first + 1).map(({ endpoint }) => endpoint)
  expect(
    after.filter(endpoint => each.never.some(never => never === endpoint)),
    'further calls',
  ).toEqual([])
  if (!each.nameMayStay) await expect(page.getByText(names.plain)).toHaveCount(0)
  await expectNothingLeaked(stage, each)
}

export async function expectAccepted(stage: Stage, each: AcceptedCase): Promise<void> {
  const { page, provider } = stage
  const { heading = names.plain, shown = [], calls = {} } = each
  if (heading === null) {
    await expect(page.getByRole('button', { name: /^Sign in/ }).first()).toBeVisible()
    await expect(page.getByText(names.plain)).toHaveCount(0)
  } else {
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    expect(new URL(page.url()).pathname).toBe('/profile')
  }
  for (const text of shown) await expect(page.getByText(text).first()).toBeVisible()
  for (const [endpoint, count] of Object.entries(calls))
    await expect
      .poll(
        () =>
          provider.requests.filter(({ endpoint: name, method }) => name === endpoint && method !== 'OPTIONS')
            .length,
        { message: `calls of ${endpoint}` },
      )
      .toBe(count)
  expect(await alertCodes(page)).toEqual([])
  await expectNothingLeaked(stage, each)
}

/** No secret in storage or address, no one-time value and no foreign text on the page, nothing uncaught. */
async function expectNothingLeaked({ page, provider, uncaught }: Stage, each: Case): Promise<void> {
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  )
  const verifiers = provider.requests.map(({ body }) => new URLSearchParams(body).get('code_verifier') ?? '')
  const secrets = [...provider.secrets, ...verifiers.filter(Boolean)]
  expect(
    secrets.filter(secret => stored.includes(secret)),
    'secrets in storage or address',
  ).toEqual([])

  const seen = await page.locator('body').innerText()
  const oneTime = provider.requests.flatMap(({ query, body }) => {
    const form = new URLSearchParams(body)
    return [query['state'], query['nonce'], form.get('state'), form.get('nonce')].filter(
      value => typeof value === 'string',
    )
  })
  expect(
    [...oneTime, ...secrets].filter(value => seen.includes(value)),
    'one-time values on the page',
  ).toEqual([])
  expect(
    (each.hidden ?? []).filter(text => seen.includes(text)),
    'text that must stay hidden',
  ).toEqual([])
  expect(await page.title(), 'no foreign script ran').not.toBe('taken')
  expect(await page.locator('img[src="x"]').count(), 'no foreign markup').toBe(0)
  expect(uncaught, 'uncaught errors').toEqual([])
}
