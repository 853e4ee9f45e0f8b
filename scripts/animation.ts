/**
 * Makes the moving picture of the README: a real sign-in, told again message by message with the lens's time travel.
 * `npm run animation`, which builds the app first.
 */
import { writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { signIn } from '../e2e/app.ts'
import { startDemo } from '../provider/demo.ts'
import { animated, type Frame } from './apng.ts'
import { browserFlags, findBrowser } from './browser.ts'

const file = 'docs/screenshots/sign-in.png'

/** The messages at which it stops; all of them would weigh twice as much. */
const told =
  /^(pkce_created|authorization_re|authorization_response_checked|token_re|pkce_compared|id_token_checked|profile_re)/

const demo = await startDemo({ appPort: 5860, providerPort: 5861, resourcePort: 5862, serve: 'dist' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
const page = await browser.newPage({
  viewport: { width: 1240, height: 680 },
  colorScheme: 'light',
  locale: 'en-GB',
  reducedMotion: 'reduce',
})
await signIn(page, demo)
await page.getByRole('rowheader', { name: 'member_since' }).waitFor()
await page.getByRole('link', { name: 'Flow' }).click()
const place = page.getByLabel('Place in the story')
const count = Number(await place.getAttribute('max'))
for (let at = count; at > 0; at -= 1) await page.keyboard.press(',')
const frames: Frame[] = []
for (let at = 0; at <= count; at += 1) {
  if (at > 0) await page.keyboard.press('.')
  else
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.waitForFunction(
    value => document.querySelector<HTMLInputElement>('.lens-play input')?.value === value,
    String(at),
  )
  const step = await page.locator('[data-step]:has([aria-current])').getAttribute('data-step')
  if (at > 0 && at < count && !told.test(step ?? '')) continue
  const png = await page.screenshot({ animations: 'disabled' })
  frames.push({ png, shown: at === 0 || at === count ? 2_500 : 1_400 })
}
await browser.close()
await demo.close()
const picture = animated(frames)
writeFileSync(file, picture)
console.log(`${file}: ${frames.length} pictures, ${picture.length} bytes`)
