/** Drives one case of the hostile suite through the built app, and what can be seen of it from outside. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { AcceptedCase, RefusedCase } from './cases.ts'
import { clickSignIn, clickSignOut, configure, expectPath, expectSignedIn, type Stage } from './stage.ts'
import { names } from './state.ts'

type Case = AcceptedCase | RefusedCase

/** What the log holds when the last part of the case begins. */
type Mark = number

/** From an empty browser to the end of the case. */
export async function play(stage: Stage, each: Case): Promise<Mark> {
  const { page, provider } = stage
  provider.set(each.switches)
  configure(stage, each.config)
  await page.clock.install()
  await page.goto('/')
  await clickSignIn(page)
  const { wait, next } = each
  if (next) await expectSignedIn(page)
  const mark = next ? provider.requests.length : 0
  if (next) provider.set(next.switches)
  if (next?.action === 'reload') await page.reload()
  if (next?.action === 'visit_home') await page.goto('/')
  if (next?.action === 'sign_out' || next?.action === 'sign_in_again') await clickSignOut(page)
  if (next?.action === 'sign_in_again') {
    await expectPath(page, '/')
    await clickSignIn(page)
  }
  if (wait) {
    const { at, milliseconds } = wait
    const since = () => provider.requests.slice(mark).filter(({ endpoint }) => endpoint === at).length
    if (at) await expect.poll(since, { message: `${at} is asked` }).toBeGreaterThan(0)
    if (next?.action === 'wait') await expectProfile(page)
    await page.clock.fastForward(milliseconds)
  }
  return mark
}

/** The profile has answered: an answer that is still on its way when the clock jumps would count as too late. */
async function expectProfile(page: Page): Promise<void> {
  // The claims are drawn a moment after the name, and only then is it told that more is asked for.
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expect(page.getByRole('progressbar', { name: /^Asking/ })).toHaveCount(0)
}

const alerts = (page: Page): Locator => page.locator('[role=alert][data-error-code]')

/** Whatever the page may have planned for later happens within these two minutes; all it sent has arrived. */
async function settle({ page, provider }: Stage): Promise<void> {
  await page.clock.fastForward(120_000)
  await page.evaluate(async url => {
    await new Promise(resolve => requestIdleCallback(resolve))
    await fetch(url, { mode: 'no-cors' })
  }, new URL('/fence', provider.issuer).href)
}

export async function expectRefused(stage: Stage, each: RefusedCase, mark: Mark): Promise<void> {
  const { page, provider } = stage
  await expect(alerts(page).first()).toHaveAttribute('data-error-code', each.code)
  await settle(stage)
  const requests = provider.requests.slice(mark)
  const asked = requests.findIndex(({ endpoint, method }) => endpoint === each.at && method !== 'OPTIONS')
  // Without CORS the preflight may be all that came.
  const wrong = asked >= 0 ? asked : requests.findIndex(({ endpoint }) => endpoint === each.at)
  expect(wrong, `${each.at} was asked`).toBeGreaterThanOrEqual(0)
  // A preflight without its request would be a further call as well.
  const after = requests.slice(wrong + 1).map(({ endpoint }) => endpoint)
  expect(
    after.filter(endpoint => each.never.some(never => never === endpoint)),
    'further calls',
  ).toEqual([])
  if (!each.nameMayStay) await expect.poll(() => toldBy(page)).not.toContain(names.plain)
  await expectNothingLeaked(stage, each)
}

export async function expectAccepted(stage: Stage, each: AcceptedCase): Promise<void> {
  const { page, provider } = stage
  const { heading = names.plain, path = '/profile', shown = [], calls = {} } = each
  const count = (name: string) =>
    provider.requests.filter(({ endpoint, method }) => endpoint === name && method !== 'OPTIONS').length
  const counts = () => Object.fromEntries(Object.keys(calls).map(name => [name, count(name)]))
  await expect.poll(counts, { message: 'calls' }).toEqual(calls)
  await expectPath(page, path)
  if (heading === null) {
    await expect(page.getByRole('button', { name: /^Sign in/ }).first()).toBeVisible()
    await expect.poll(() => toldBy(page)).not.toContain(names.plain)
    await expect(page.locator('iframe')).toHaveCount(0)
  } else await expectSignedIn(page, heading)
  for (const text of shown) await expect(page.getByText(text).first()).toBeVisible()
  if (heading !== null && path === '/profile') await expectProfile(page)
  await settle(stage)
  expect(counts(), 'calls until the end').toEqual(calls)
  await expect(alerts(page)).toHaveCount(0)
  await expectNothingLeaked(stage, each)
}

/** All text outside the lens, folded or not. The lens shows what came: that is what it is for. */
const toldBy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.body.cloneNode(true)
    if (!(copy instanceof HTMLElement)) return ''
    for (const lens of copy.querySelectorAll('aside, ol[aria-label="Protocol messages"]')) lens.remove()
    return copy.textContent ?? ''
  })

/**
 * No secret in storage, address or page (the lens masks it), no one-time value and no foreign text in what the app
 * itself says, nothing uncaught.
 */
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

  const everything = (await page.locator('body').textContent()) ?? ''
  expect(
    // An unsigned token has no signature that the lens could mask.
    secrets.filter(secret => !secret.endsWith('.') && everything.includes(secret)),
    'secrets on the page',
  ).toEqual([])

  const told = await toldBy(page)
  const oneTime = provider.requests.flatMap(({ query, body }) => {
    const form = new URLSearchParams(body)
    return [query['state'], query['nonce'], form.get('state'), form.get('nonce')].filter(
      value => typeof value === 'string',
    )
  })
  expect(
    oneTime.filter(value => told.includes(value)),
    'one-time values in words of the app',
  ).toEqual([])
  expect(
    (each.hidden ?? []).filter(text => told.includes(text)),
    'text that must stay hidden',
  ).toEqual([])
  expect(await page.title(), 'no foreign script ran').not.toBe('taken')
  expect(await page.locator('img[src="x"]').count(), 'no foreign markup').toBe(0)
  expect(uncaught, 'uncaught errors').toEqual([])
}
