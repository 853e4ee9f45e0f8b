import type { Locator, Page } from '@playwright/test'
import type { Demo } from '../provider/demo.ts'
import { type WeaknessId, weaknessList } from '../provider/weaknesses.ts'
import { checks } from '../src/report-card/checks.ts'
import { expect, signIn, signInAtProvider, test } from './app.ts'

/** What the report card says about the demo provider when nothing is wrong with it, where that is not "safe". */
const otherwise: Readonly<Record<number, string>> = {
  // The person looks at a window and says that it stayed.
  12: 'stayed',
  38: 'stayed',
  // Browsers carry fragments along; the clause is a MAY.
  18: 'not-applicable',
}
const good = (check: number) => otherwise[check] ?? 'safe'

const everyCheck = checks.map(check => check.number)
/** Checks that are quick, to see that a weakness turns no other row; each weakness is tried with three of them. */
const quick = [
  2, 3, 5, 6, 7, 8, 13, 14, 15, 16, 20, 21, 22, 24, 28, 30, 31, 32, 34, 36, 39, 40, 41, 42, 43, 44,
]

const row = (page: Page, check: number) => page.locator(`[data-check="${check}"]`)
const status = (page: Page) => page.locator('.report-status')

/** The person at the window of the provider: signs in, agrees, signs out, whatever is asked there. */
async function attend(popup: Page): Promise<void> {
  const agree = popup.getByRole('button', { name: /^(Allow|Yes, sign out|Sign out)/ }).first()
  const username = popup.getByLabel('Username')
  while (!popup.isClosed()) {
    await username.or(agree).first().waitFor()
    if (await username.isVisible()) await signInAtProvider(popup)
    else await agree.click()
  }
}

/** Answers the questions of the run until this is there. A window is looked at until it is clear where it ended. */
async function answerUntil(page: Page, demo: Demo, end: Locator): Promise<void> {
  const ask = (name: string | RegExp) =>
    page.locator('.report-now').getByRole('button', { name, exact: true })
  const question = ask(/^(Open the window|Go on|It stayed on an error page)$/)
  let popup: Page | null = null
  const notice = (opened: Page) => {
    popup = opened
    // It ends when the window is closed.
    attend(opened).catch(() => undefined)
  }
  page.on('popup', notice)
  for (;;) {
    await end.or(question).first().waitFor({ timeout: 60_000 })
    if (await end.isVisible()) break
    const name = (await question.textContent()) ?? ''
    const answer = /^It stayed/.test(name) ? ask(await whereItEnded(popup, demo, end)) : question
    if (await answer.isVisible()) await answer.click()
    await answer.waitFor({ state: 'detached' })
  }
  page.off('popup', notice)
}

/** What the person sees in the window; nothing to say when the page heard of it by itself meanwhile. */
async function whereItEnded(popup: Page | null, demo: Demo, end: Locator): Promise<string> {
  const came = 'It came back to this app'
  if (!popup) return came
  const error = popup.getByRole('heading', { level: 1, name: 'This request cannot be answered' })
  return Promise.any([
    end.waitFor({ timeout: 60_000 }).then(() => came),
    error.waitFor({ timeout: 60_000 }).then(() => 'It stayed on an error page'),
    popup.waitForURL(url => url.origin === demo.appOrigin, { timeout: 60_000 }).then(() => came),
  ])
}

async function openCard(page: Page, demo: Demo): Promise<void> {
  demo.weaknesses.set([])
  await signIn(page, demo)
  await page.goto(`${demo.appOrigin}/experiments?view=report-card`)
  await expect(page.getByText('Sign in first')).toHaveCount(0)
}

async function runOne(page: Page, demo: Demo, check: number): Promise<string | null> {
  await row(page, check)
    .getByRole('button', { name: new RegExp(`check ${check}(,|$)`) })
    .click()
  await answerUntil(page, demo, page.locator(`[data-check="${check}"][data-verdict]`))
  return row(page, check).getAttribute('data-verdict')
}

async function runAll(page: Page, demo: Demo): Promise<Map<number, string | null>> {
  await page.getByRole('button', { name: /^Run all/ }).click()
  await answerUntil(page, demo, status(page).filter({ hasText: `Done: ${everyCheck.length} of` }))
  const found = new Map<number, string | null>()
  for (const check of everyCheck) found.set(check, await row(page, check).getAttribute('data-verdict'))
  return found
}

const except = (unsafe: readonly number[]) =>
  new Map(everyCheck.map(check => [check, unsafe.includes(check) ? 'unsafe' : good(check)]))

/** The demo is one for all tests of the worker. */
test.afterEach(({ demo }) => demo.weaknesses.set([]))

const withRows = weaknessList.filter(weakness => weakness.checks.length > 0)
/** In parts, so that no test is long and a failure leaves the others standing. */
const portions = Array.from({ length: 5 }, (_, part) => withRows.filter((_, i) => i % 5 === part))

test.describe('each weakness turns exactly its rows', () => {
  for (const [part, portion] of portions.entries())
    test(`part ${part + 1}: ${portion.map(each => each.id).join(', ')}`, async ({ page, demo }) => {
      test.setTimeout(180_000)
      await openCard(page, demo)
      for (const [i, { id, checks }] of portion.entries()) {
        const others = quick.filter(check => !checks.some(each => each === check))
        const sample = [0, 1, 2].map(step => others[(part * 7 + i * 4 + step) % others.length] ?? 6)
        demo.weaknesses.set([id])
        for (const check of checks)
          expect(await runOne(page, demo, check), `${id}, row ${check}`).toBe('unsafe')
        for (const check of sample)
          expect(await runOne(page, demo, check), `${id}, row ${check}`).not.toBe('unsafe')
      }
    })
})

test('the whole table: nothing is unsafe when nothing is wrong, and no other row turns', async ({
  page,
  demo,
}) => {
  test.setTimeout(240_000)
  await openCard(page, demo)
  await page.getByText('Settings of the run').click()
  await page.getByLabel(/password grant/).check()
  expect(await runAll(page, demo)).toEqual(except([]))
  const whole: WeaknessId[] = ['code_pollution', 'api_accepts_altered']
  for (const id of whole) {
    demo.weaknesses.set([id])
    const found = await runAll(page, demo)
    expect(found, id).toEqual(except(weaknessList.find(each => each.id === id)?.checks ?? []))
  }
})

test('429 stops the run, and nothing counts as safe', async ({ page, demo }) => {
  await openCard(page, demo)
  demo.weaknesses.set(['too_many_requests'])
  await page.getByRole('button', { name: /^Run all/ }).click()
  await expect(page.locator('[data-error-code=rate_limited]')).toContainText('Go on in 2 seconds.')
  for (const check of [6, 20, 26]) await expect(row(page, check)).toHaveAttribute('data-verdict', 'skipped')
  await expect(page.locator('[data-verdict=safe]')).toHaveCount(0)
})

test('a failing control proves nothing: every row that needs it is not run', async ({ page, demo }) => {
  await openCard(page, demo)
  demo.weaknesses.set(['token_endpoint_down'])
  expect(await runOne(page, demo, 20)).toBe('skipped')
  await row(page, 20).locator('summary').click()
  await expect(row(page, 20)).toContainText('A clean sign-in did not work')
})

test('pause, stop, evidence, and a report without secrets', async ({ page, demo }) => {
  await openCard(page, demo)
  demo.weaknesses.set(['no_rotation'])
  await page.getByRole('button', { name: 'Run all checks' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(status(page)).toHaveText(/^Paused after/)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(status(page)).toHaveText(/^Stopped after/)
  expect(await runOne(page, demo, 34)).toBe('unsafe')
  await row(page, 34).locator('summary').click()
  await expect(
    row(page, 34).getByRole('list', { name: 'Protocol messages' }).getByRole('listitem').first(),
  ).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Markdown', exact: true }).click(),
  ])
  const text = await (await import('node:fs/promises')).readFile(await download.path(), 'utf8')
  expect(text).toContain('### 34. Changes the refresh token at each use')
  expect(text).toContain('Not observable from a page')
  for (const secret of demo.secrets.values) expect(text).not.toContain(secret)
})
