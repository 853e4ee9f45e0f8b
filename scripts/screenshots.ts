/**
 * Takes the pictures of docs/screenshots: every state at three widths in both themes, from a real sign-in.
 * `npm run screenshots`, which builds the app first; with a word only the pictures whose names begin with it.
 */
import { mkdirSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { signIn, signInAtProvider } from '../e2e/app.ts'
import { type Demo, startDemo } from '../provider/demo.ts'
import { browserFlags, findBrowser } from './browser.ts'

const folder = 'docs/screenshots'
const widths = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 768, height: 1024 },
  { name: 'phone', width: 390, height: 844 },
]
const themes = ['light', 'dark'] as const

type Prepare = (page: Page, demo: Demo) => Promise<void>

const list = (page: Page) => page.getByRole('list', { name: 'Protocol messages' })

const held = (page: Page) => page.getByRole('form', { name: 'Held message' })

async function pauseBeforeLeaving(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: 'Pause before each message' }).click()
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await held(page).waitFor()
}

/** A sign-in whose answer is edited at the callback; the app refuses it. */
async function changeState(page: Page, demo: Demo): Promise<void> {
  await pauseBeforeLeaving(page, demo)
  await held(page).getByRole('button', { name: /^Send/ }).click()
  await signInAtProvider(page)
  await list(page).locator('[data-step=authorization_response][data-status=paused]').waitFor()
  await held(page).getByLabel('state', { exact: true }).fill('another')
  await held(page).getByText('App', { exact: true }).click()
  await held(page)
    .getByRole('button', { name: /^Let it in/ })
    .click()
  await page.getByText('The app stopped it').waitFor()
}

async function forgedCallback(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.appOrigin}/callback?code=stolen&state=not-ours`)
  await page.getByRole('alert').waitFor()
  await page.getByRole('link', { name: 'Flow' }).click()
}

interface State {
  readonly name: string
  readonly prepare: Prepare
}

/** Each from an empty browser. */
const beginnings: readonly State[] = [
  {
    name: 'flow-before',
    async prepare(page, demo) {
      await page.goto(`${demo.appOrigin}/`)
      await list(page).locator('[data-step]').first().waitFor()
    },
  },
  {
    name: 'flow-paused',
    async prepare(page, demo) {
      await pauseBeforeLeaving(page, demo)
      await held(page).getByLabel('redirect_uri').fill('https://attacker.example/callback')
    },
  },
  {
    name: 'flow-caught',
    async prepare(page, demo) {
      await changeState(page, demo)
      await page.getByRole('tab', { name: 'Explain' }).click()
      await page.keyboard.press('Escape')
      await page.getByText('The app stopped it').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'flow-compare',
    async prepare(page, demo) {
      await changeState(page, demo)
      await page.getByRole('button', { name: 'Pause before each message' }).click()
      await page.getByRole('button', { name: 'Run again' }).click()
      await page.waitForURL('**/profile')
      await page.getByRole('link', { name: 'Flow' }).click()
      await page.getByRole('radio', { name: 'Compare two stories' }).click()
      await page.getByText('First difference').waitFor()
    },
  },
  {
    name: 'flow-failed',
    async prepare(page, demo) {
      await forgedCallback(page, demo)
      await list(page).locator('[data-status=blocked]').first().waitFor()
    },
  },
  {
    name: 'provider',
    async prepare(page, demo) {
      await page.goto(`${demo.appOrigin}/provider`)
      await page.locator('[data-finding]').nth(8).waitFor()
    },
  },
]

/** One after the other, from one sign-in. */
const signedIn: readonly State[] = [
  {
    name: 'profile',
    async prepare(page, demo) {
      await signIn(page, demo)
      await page.getByRole('rowheader', { name: 'member_since' }).waitFor()
    },
  },
  {
    name: 'experiments',
    async prepare(page) {
      await page.getByRole('link', { name: 'Experiments' }).click()
      const row = page.locator('[data-experiment=forged-state]')
      await row.getByRole('radio').first().click()
      await row.getByRole('button', { name: /^Run/ }).click()
      await row.and(page.locator('[data-verdict]')).waitFor()
    },
  },
  {
    name: 'flow-signed-in',
    async prepare(page) {
      await page.getByRole('link', { name: 'Flow' }).click()
      await list(page).locator('[data-step=pkce_compared]').getByRole('button').first().press('Enter')
      await page.getByRole('heading', { name: 'Hash and compare' }).waitFor()
    },
  },
  {
    name: 'flow-timing',
    async prepare(page) {
      // On a phone the inspector lies over the views.
      await page.keyboard.press('Escape')
      await page.getByRole('radio', { name: 'Timing' }).click()
    },
  },
  {
    name: 'flow-ledger',
    async prepare(page) {
      await page.getByRole('radio', { name: 'Who knows what now' }).click()
    },
  },
]

async function shoot(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: file, animations: 'disabled' })
  console.log(file)
}

const only = process.argv[2] ?? ''
const names = [...beginnings, ...signedIn].map(({ name }) => name)
if (!names.some(name => name.startsWith(only))) {
  console.error(`No picture begins with ${only}. There are: ${names.join(' ')}`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const demo = await startDemo({ appPort: 5850, providerPort: 5851, resourcePort: 5852, serve: 'dist' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
for (const { name: width, ...viewport } of widths)
  for (const colorScheme of themes)
    for (const states of [...beginnings.map(each => [each]), signedIn]) {
      if (!states.some(({ name }) => name.startsWith(only))) continue
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      for (const { name, prepare } of states) {
        await prepare(page, demo)
        if (name.startsWith(only)) await shoot(page, `${folder}/${name}-${width}-${colorScheme}.png`)
      }
      await context.close()
    }
await browser.close()
await demo.close()
