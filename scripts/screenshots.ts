/**
 * Takes the pictures of docs/screenshots: every state at three widths in both themes, from a real sign-in.
 * `npm run screenshots`, after `npm run build`.
 */
import { mkdirSync } from 'node:fs'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
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

async function signIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await atProvider(page)
  await page.waitForURL('**/profile')
  await page.getByRole('rowheader', { name: 'member_since' }).waitFor()
}

async function atProvider(page: Page): Promise<void> {
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password').fill('password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
}

const states: readonly { name: string; prepare: Prepare }[] = [
  {
    name: 'flow-before',
    async prepare(page, demo) {
      await page.goto(`${demo.appOrigin}/`)
      await list(page).locator('[data-step]').first().waitFor()
    },
  },
  {
    name: 'flow-signed-in',
    async prepare(page, demo) {
      await signIn(page, demo)
      await page.getByRole('link', { name: 'Flow' }).click()
      await list(page).locator('[data-step=pkce_compared]').getByRole('button').first().press('Enter')
      await page.getByRole('heading', { name: 'Hash and compare' }).waitFor()
    },
  },
  {
    name: 'flow-paused',
    async prepare(page, demo) {
      await page.goto(`${demo.appOrigin}/`)
      await page.getByRole('button', { name: 'Pause before each message' }).click()
      await page.getByRole('button', { name: /^Sign in/ }).click()
      await page.getByRole('form', { name: 'Held message' }).waitFor()
    },
  },
  {
    name: 'flow-failed',
    async prepare(page, demo) {
      await page.goto(`${demo.appOrigin}/callback?code=stolen&state=not-ours`)
      await page.getByRole('alert').waitFor()
      await page.getByRole('link', { name: 'Flow' }).click()
      await list(page).locator('[data-status=blocked]').first().waitFor()
    },
  },
  { name: 'profile', prepare: signIn },
  {
    name: 'experiments',
    async prepare(page, demo) {
      await signIn(page, demo)
      await page.getByRole('link', { name: 'Experiments' }).click()
      await page.locator('[data-experiment]').first().waitFor()
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

async function shoot(context: BrowserContext, demo: Demo, prepare: Prepare, file: string): Promise<void> {
  const page = await context.newPage()
  await prepare(page, demo)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: file, animations: 'disabled' })
  console.log(file)
}

const only = process.argv[2]
mkdirSync(folder, { recursive: true })
const demo = await startDemo({ appPort: 5850, providerPort: 5851, resourcePort: 5852, serve: 'dist' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
for (const { name, prepare } of states) {
  if (only !== undefined && !name.startsWith(only)) continue
  for (const { name: width, ...viewport } of widths)
    for (const colorScheme of themes) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      })
      await shoot(context, demo, prepare, `${folder}/${name}-${width}-${colorScheme}.png`)
      await context.close()
    }
}
await browser.close()
await demo.close()
