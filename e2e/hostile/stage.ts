/** What a hostile journey stands on: the built app and a provider that can lie, on ports of this worker. */
import { test as base, expect, type Page } from '@playwright/test'
import { serveApp } from '../../provider/app-server.ts'
import type { ConfigFields } from './cases.ts'
import { createHostileProvider, type HostileProvider } from './provider.ts'
import { clientId, names } from './state.ts'

export interface Stage {
  readonly page: Page
  readonly provider: HostileProvider
  readonly appOrigin: string
  /** Errors that nobody caught. */
  readonly uncaught: readonly string[]
}

interface Servers {
  readonly provider: HostileProvider
  readonly appOrigin: string
}

export const test = base.extend<{ stage: Stage }, { servers: Servers }>({
  servers: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const appPort = 19_320 + parallelIndex
      const appOrigin = `http://localhost:${appPort}`
      const closeApp = await serveApp('dist', appPort, {})
      const provider = await createHostileProvider({ port: 19_300 + parallelIndex, appOrigin })
      await use({ provider, appOrigin })
      await Promise.all([provider.close(), closeApp()])
    },
    { scope: 'worker' },
  ],
  baseURL: ({ servers }, use) => use(servers.appOrigin),
  stage: async ({ page, servers }, use) => {
    const uncaught: string[] = []
    page.on('pageerror', error => uncaught.push(String(error)))
    servers.provider.reset()
    await use({ page, ...servers, uncaught })
  },
})

export { expect }

/** Gives the app its `config.json`, which it reads when it starts. */
export async function configure(
  page: Page,
  provider: HostileProvider,
  fields: ConfigFields = {},
): Promise<void> {
  const { profile_url: profileUrl, ...others } = fields
  const config = {
    issuer: provider.issuer,
    client_id: clientId,
    ...others,
    ...(profileUrl === 'own-api' ? { profile_url: new URL('/user/profile', provider.issuer).href } : {}),
  }
  await page.route('**/config.json', route => route.fulfill({ json: config }))
}

export async function clickSignIn(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
}

export async function clickSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).first().click()
}

export async function expectSignedIn(page: Page, name: string = names.plain): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** The lens keeps what is looked at in the query, so only the path is compared. */
export async function expectPath(page: Page, path: string): Promise<void> {
  await expect(page).toHaveURL(url => url.pathname === path)
}

/** From an empty browser to the profile. */
export async function signIn(
  { page, provider }: Pick<Stage, 'page' | 'provider'>,
  fields: ConfigFields = {},
): Promise<void> {
  await configure(page, provider, fields)
  await page.goto('/')
  await clickSignIn(page)
  await expectSignedIn(page)
}
