/** docs/adopt.md, followed to the letter: its files, packages and headers make an app that signs somebody in. */
import { test as base, expect, type Page } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'
import { type AdoptedApp, adopt } from './adopt/adopted-app.ts'
import { compilerOptions, headersOf, packages, replaced } from './adopt/guide.ts'
import { portsOf, signInAtProvider } from './app.ts'
import { hostDist } from './static-host.ts'

const profileLine = "        profile_url: 'https://api.example/me',\n"

/** What the example says, and what it is at the demo provider. */
const authValues = ({ issuer }: Demo, profile: Readonly<Record<string, string>>) => ({
  'https://id.example': issuer,
  'my-app': 'pkce-lens',
  ...profile,
})
const appValues = ({ apiOrigin }: Demo) => ({ 'https://api.example/orders': `${apiOrigin}/user/orders` })
const withApi = ({ profileUrl }: Demo) => ({
  'openid profile email': 'openid profile email read_profile read_orders',
  'https://api.example/me': profileUrl,
})

interface Adopted {
  readonly demo: Demo
  readonly app: AdoptedApp
  /** Builds are made once: the one of the page, and the one without an API. */
  readonly appWithoutApi: AdoptedApp
}

const test = base.extend<{ complaints: string[] }, Adopted>({
  demo: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const demo = await startDemo({ ...portsOf(parallelIndex, 19_750), serve: 'none' })
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ demo }, use) => {
      const app = await adopt(authValues(demo, withApi(demo)), appValues(demo))
      await use(app)
      app.remove()
    },
    { scope: 'worker' },
  ],
  appWithoutApi: [
    async ({ demo }, use) => {
      const app = await adopt(authValues(demo, { [profileLine]: '' }), appValues(demo))
      await use(app)
      app.remove()
    },
    { scope: 'worker' },
  ],
  /** Page errors, and what a content security policy or Trusted Types refused, in any frame. */
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      const mark = 'policy violation: '
      page.on('pageerror', error => complaints.push(error.message))
      page.on('console', message => {
        if (message.text().startsWith(mark)) complaints.push(message.text())
      })
      await page.addInitScript(prefix => {
        document.addEventListener('securitypolicyviolation', event =>
          console.log(`${prefix}${event.effectiveDirective} ${event.blockedURI}`),
        )
      }, mark)
      await use(complaints)
    },
    { auto: true },
  ],
})

async function whileHosted(
  { dist }: AdoptedApp,
  { appOrigin, issuer }: Demo,
  api: string,
  run: () => Promise<void>,
): Promise<void> {
  const headers = headersOf(text =>
    replaced(text, { 'https://id.example': issuer, 'https://api.example': api }),
  )
  const host = await hostDist(dist, Number(new URL(appOrigin).port), {}, { headersOf: headers })
  try {
    await run()
  } finally {
    await host.close()
  }
}

async function signInFrom(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await signInAtProvider(page)
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('heading', { name: 'Alice Åström' })).toBeVisible()
  await expect(page.getByText('alice@example.com')).toBeVisible()
}

test('the page names what is needed beside the two folders, and the types are right', ({ app }) => {
  expect(packages).toEqual(['oauth4webapi', 'zustand'])
  expect(Object.keys(compilerOptions)).toEqual(['moduleResolution', 'allowImportingTsExtensions', 'noEmit'])
  app.checkTypes()
})

test('signs in, calls the API, outlives a reload and signs out, under its own headers', async ({
  page,
  demo,
  app,
  complaints,
}) => {
  await whileHosted(app, demo, demo.apiOrigin, async () => {
    const response = await page.goto(`${demo.appOrigin}/account`)
    expect(response?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'")
    await signInFrom(page, `${demo.appOrigin}/account`)
    await page.getByRole('button', { name: 'Orders' }).click()
    await expect(page.getByRole('status')).toContainText('"orders"')

    const before = demo.log.entries.length
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Alice Åström' })).toBeVisible()
    await expect(page.getByText('alice@example.com')).toBeVisible()
    const asked = demo.log.entries.slice(before).filter(({ path }) => path === '/authorize')
    expect(asked.map(({ query }) => [query.get('prompt'), query.get('redirect_uri')])).toEqual([
      ['none', `${demo.appOrigin}/silent-callback.html`],
    ])

    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(`${demo.appOrigin}/`)
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    expect(complaints).toEqual([])
  })
})

test('without profile_url the profile is from UserInfo, and no token goes to the API', async ({
  page,
  demo,
  appWithoutApi,
  complaints,
}) => {
  await whileHosted(appWithoutApi, demo, demo.apiOrigin, async () => {
    await signInFrom(page, `${demo.appOrigin}/`)
    const before = demo.log.entries.length
    await page.getByRole('button', { name: 'Orders' }).click()
    await expect(page.getByRole('status')).toHaveText('resource_origin_not_allowed')
    expect(demo.log.entries.slice(before).filter(({ server }) => server === 'resource')).toEqual([])
    expect(complaints).toEqual([])
  })
})

test('an API that the policy leaves out is told as csp_blocked', async ({ page, demo, app, complaints }) => {
  await whileHosted(app, demo, 'https://api.example', async () => {
    await page.goto(demo.appOrigin)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signInAtProvider(page)
    await expect(page.getByRole('heading', { name: 'Alice Åström' })).toBeVisible()
    await page.getByRole('button', { name: 'Orders' }).click()
    await expect(page.getByRole('status')).toHaveText('resource_request_failed, csp_blocked')
    expect(complaints).toContainEqual(expect.stringContaining(`connect-src ${demo.apiOrigin}`))
  })
})

test('a failed callback is said, and the button leads on', async ({ page, demo, app }) => {
  await whileHosted(app, demo, demo.apiOrigin, async () => {
    await page.goto(`${demo.appOrigin}/callback?code=foreign&state=foreign`)
    await expect(page.getByRole('alert')).toHaveText('auth_response_state_unknown')
    await expect(page).toHaveURL(`${demo.appOrigin}/callback`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signInAtProvider(page)
    // The callback is no place to come back to.
    await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
    await expect(page.getByRole('heading', { name: 'Alice Åström' })).toBeVisible()
  })
})
