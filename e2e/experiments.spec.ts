/** The experiments in a real browser against the demo provider: each ends as promised, and differently without its defence. */
import type { Browser, Page } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'
import { experiments } from '../src/experiments/list.ts'
import { test as base, expect, portsOf, signIn, signInAtProvider } from './app.ts'

/** Tokens that are over soon, so that the end of one can be waited for. */
const test = base.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const demo = await startDemo({ ...portsOf(parallelIndex, 5640), serve: 'dist', accessTokenSeconds: 20 })
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
})

const row = (page: Page, id: string) => page.locator(`[data-experiment="${id}"]`)
const lens = (page: Page) => page.getByRole('complementary', { name: 'Lens' })

async function openExperiments(page: Page, demo: Demo): Promise<void> {
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Experiments' }).click()
  await expect(row(page, 'framed-consent')).toBeVisible()
}

/** Guesses, runs, and waits for the verdict. */
async function run(page: Page, id: string, guess: string): Promise<void> {
  await row(page, id).getByText(guess, { exact: true }).click()
  await row(page, id).getByRole('button', { name: /^Run/ }).click()
  await expect(row(page, id)).toHaveAttribute('data-verdict', /./)
}

/** A person looks at the frame: is the provider's page in it? */
async function look(page: Page): Promise<void> {
  const frame = page.locator('iframe[title="The provider’s page in a frame"]')
  await frame.waitFor()
  const content = await (await frame.elementHandle())?.contentFrame()
  await content?.waitForLoadState()
  const shown = await frame.contentFrame().getByLabel('Username').isVisible()
  await page
    .getByRole('button', { name: shown ? 'I see the provider’s page' : 'Nothing of the provider' })
    .click()
}

/** One page for a table of tests. */
async function signedInPage(browser: Browser, demo: Demo, errors: string[]): Promise<Page> {
  const page = await browser.newPage()
  page.on('pageerror', error => errors.push(error.message))
  await openExperiments(page, demo)
  return page
}

test.describe('every experiment', () => {
  test.describe.configure({ mode: 'serial' })
  let page: Page
  const errors: string[] = []
  test.beforeAll(async ({ browser, demo }) => {
    page = await signedInPage(browser, demo, errors)
  })
  test.afterAll(() => page.close())

  test('is run in one go, and asks only where a page cannot look', async ({ demo }) => {
    test.setTimeout(180_000)
    await page.getByRole('button', { name: 'Run the rest' }).click()
    // The token for another API needs a yes that was not given yet.
    const popup = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Open its page' }).click({ timeout: 120_000 })
    await (await popup).getByRole('button', { name: 'Allow' }).click()
    await look(page)
    await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 60_000 })
    await expect(page.getByText('0 not run yet')).toBeVisible()
    expect(demo.weaknesses.on).toEqual([])
    expect(errors).toEqual([])
  })

  for (const { id, defender, title } of experiments)
    test(`${id} is blocked by the ${defender}`, async () => {
      await expect(row(page, id)).toHaveAttribute('data-verdict', 'blocked')
      await expect(row(page, id)).toHaveAttribute('data-blocked-by', defender)
      await row(page, id)
        .getByRole('button', { name: `${title}`, exact: false })
        .first()
        .click()
      await expect(lens(page).getByText(/blocked it$/)).toBeVisible()
      await expect(lens(page).getByRole('list', { name: 'Messages of this attack' })).toBeVisible()
      await expect(lens(page).getByText('Attacker', { exact: true })).toBeVisible()
    })

  for (const { id, off } of experiments.filter(each => each.off))
    test(`${id} goes through with ${off}`, async ({ demo }) => {
      await row(page, id).getByRole('button').first().click()
      await lens(page).getByRole('button', { name: 'Run with the defence off' }).click()
      if (id === 'framed-consent') await look(page)
      await expect(row(page, id)).toHaveAttribute('data-undefended-verdict', 'not-blocked')
      await expect(lens(page).getByText('Nobody stopped it')).toBeVisible()
      await expect(lens(page).getByText(`the demo provider was told`)).toContainText(off ?? '')
      expect(demo.weaknesses.on).toEqual([])
      expect(errors).toEqual([])
    })
})

test.describe('without the check of the app', () => {
  for (const id of ['id-token-altered', 'id-token-key-swapped'])
    test(`IDT-06: ${id} goes through when every signature counts as good`, async ({ page, demo }) => {
      await openExperiments(page, demo)
      await page.evaluate(() => {
        crypto.subtle.verify = async () => true
      })
      await run(page, id, 'App')
      await expect(row(page, id)).toHaveAttribute('data-verdict', 'not-blocked')
    })

  test('WEB-06: a posted answer is taken when sender and origin look right, and PKCE stops it', async ({
    page,
    demo,
  }) => {
    await openExperiments(page, demo)
    await page.evaluate(() => {
      const ownFrame = () =>
        document.querySelector<HTMLIFrameElement>('iframe[title="Silent sign-in"]')?.contentWindow ?? null
      Object.defineProperty(MessageEvent.prototype, 'origin', { get: () => location.origin })
      const source = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'source')
      Object.defineProperty(MessageEvent.prototype, 'source', {
        get() {
          return ownFrame() ?? source?.get?.call(this)
        },
      })
    })
    await run(page, 'injected-message', 'App')
    await expect(row(page, 'injected-message')).toHaveAttribute('data-verdict', 'blocked')
    await expect(row(page, 'injected-message')).toHaveAttribute('data-blocked-by', 'authorization-server')
  })
})

test('a guess comes before a run, is judged, and outlives the page', async ({ page, demo }) => {
  await openExperiments(page, demo)
  const first = row(page, 'stolen-code-wrong-verifier')
  await expect(first.getByRole('button', { name: /^Run/ })).toBeDisabled()
  await run(page, 'stolen-code-wrong-verifier', 'App')
  await expect(first).toContainText('guessed App')
  await expect(page.getByText('You guessed 0 of 1 right')).toBeVisible()
  await expect(lens(page).getByText('Hashes differ', { exact: true })).toBeVisible()
  await page.reload()
  await expect(first.getByRole('radio', { name: 'App' })).toBeChecked()
})

test('by keyboard alone: guess, run, read the evidence, run again', async ({ page, demo }) => {
  await openExperiments(page, demo)
  const forged = row(page, 'forged-state')
  await forged.getByRole('radio', { name: 'Nobody' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(forged.getByRole('radio', { name: 'App' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(forged).toHaveAttribute('data-verdict', 'blocked')
  await forged.getByRole('button').focus()
  await page.keyboard.press('Enter')
  const check = lens(page).getByRole('button', { name: 'App: Not ours, stopped here' })
  await check.focus()
  await page.keyboard.press('Enter')
  await expect(check).toHaveAttribute('aria-pressed', 'true')
  await expect(lens(page).getByText('state belongs to a sign-in of this tab')).toBeVisible()
  await lens(page).getByRole('button', { name: 'Run again' }).focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('status').filter({ hasText: 'Forged state: The app blocked it' }),
  ).toBeAttached()
})

test('two tabs take turns: they share the session and the switches of the provider', async ({
  page,
  context,
  demo,
}) => {
  await openExperiments(page, demo)
  const other = await context.newPage()
  await other.goto(`${demo.appOrigin}/experiments`)
  // The first tab waits for its person, in the middle of a run.
  await row(page, 'framed-consent').getByText('Browser', { exact: true }).click()
  await row(page, 'framed-consent').getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByRole('button', { name: 'Nothing of the provider' })).toBeVisible()

  const forged = row(other, 'forged-state')
  await forged.getByText('App', { exact: true }).click()
  const start = forged.getByRole('button', { name: /^Run/ })
  await start.click()
  const turn = other.getByRole('status').filter({ hasText: 'Waiting for other experiments in this browser' })
  await expect(turn).toBeAttached()
  await expect(forged.getByRole('button', { name: 'Waiting' })).toBeVisible()
  await forged.getByRole('button', { name: 'Stop' }).click()
  await expect(turn).toHaveCount(0)
  await expect(forged).not.toHaveAttribute('data-verdict', /./)

  await start.click()
  await expect(turn).toBeAttached()
  await look(page)
  await expect(row(page, 'framed-consent')).toHaveAttribute('data-verdict', 'blocked')
  await expect(forged).toHaveAttribute('data-verdict', 'blocked')
})

test('signed out, the page says why it needs a session and leads back here', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/experiments`)
  const stolen = row(page, 'stolen-code-no-verifier')
  await stolen.getByText('Auth server', { exact: true }).click()
  await expect(stolen.getByRole('button', { name: /^Run/ })).toBeDisabled()
  await page.getByRole('button', { name: 'Sign in to experiment' }).click()
  await signInAtProvider(page, 'bob')
  await expect(page).toHaveURL(/\/experiments/)
  await stolen.getByRole('button', { name: /^Run/ }).click()
  await expect(stolen).toHaveAttribute('data-blocked-by', 'authorization-server')
})

test('a run leaves the person’s own session and story alone', async ({ page, demo }) => {
  await openExperiments(page, demo)
  const kept = () =>
    page.evaluate(() => [Object.keys(sessionStorage).sort(), sessionStorage.getItem('pkce-lens.trace')])
  const before = await kept()
  await run(page, 'id-token-altered', 'App')
  await run(page, 'forged-state', 'App')
  expect(await kept()).toEqual(before)
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
})
