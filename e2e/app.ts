/** What every journey starts from: the built app with the real demo provider, on ports of this worker. */
import { test as base, expect, type Page } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'

/** Ports of one worker: app, authorization server, resource server. */
export function portsOf(
  worker: number,
  from = 5400,
): { appPort: number; providerPort: number; resourcePort: number } {
  const first = from + worker * 10
  return { appPort: first, providerPort: first + 1, resourcePort: first + 2 }
}

/** The policy of the page refused something: an error of its own, so that it fails the journey as any other does. */
function throwViolations(): void {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    throw new Error(
      `refused by ${violatedDirective}: ${blockedURI}, asked for by ${sourceFile} on ${location.href}`,
    )
  })
}

export const test = base.extend<{ failOnPageError: undefined }, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const demo = await startDemo({ ...portsOf(parallelIndex), serve: 'dist' })
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
  // An error of any page, window or frame fails its journey: no rejection and no violation (WEB-01) goes unseen.
  failOnPageError: [
    async ({ context }, use) => {
      const errors: string[] = []
      context.on('weberror', found => errors.push(found.error().message))
      await context.addInitScript(throwViolations)
      await use(undefined)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** From wherever the sign-in page of the demo provider is shown to its question whether the app may. */
export async function goToConsent(page: Page, account: 'alice' | 'bob' = 'alice'): Promise<void> {
  await page.getByLabel('Username').fill(account)
  await page.getByLabel('Password').fill('password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Signs in at the demo provider's own pages, from wherever its sign-in page is shown. */
export async function signInAtProvider(page: Page, account: 'alice' | 'bob' = 'alice'): Promise<void> {
  await goToConsent(page, account)
  await page.getByRole('button', { name: 'Allow' }).click()
}

/** From the start page to the profile. */
export async function signIn(page: Page, demo: Demo, account: 'alice' | 'bob' = 'alice'): Promise<void> {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page, account)
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    account === 'alice' ? 'Alice Åström' : /بوب/,
  )
}

/** Back or Forward, also to a page that the browser kept as it was left: that one has no `load` to wait for. */
export async function travel(page: Page, where: 'back' | 'forward'): Promise<void> {
  if (where === 'back') await page.goBack({ waitUntil: 'commit' })
  else await page.goForward({ waitUntil: 'commit' })
  await page.waitForFunction(() => document.readyState === 'complete')
}
