/** What a hostile journey stands on: the built app and a provider that can lie, on ports of this worker. */
import { test as base, expect, type Page } from '@playwright/test'
import { hostDist } from '../static-host.ts'
import type { ConfigFields } from './cases.ts'
import { createHostileProvider, type HostileProvider } from './provider.ts'
import { clientId, names } from './state.ts'

interface Servers {
  readonly provider: HostileProvider
  readonly appOrigin: string
  /** What the app reads at `/config.json`, as it is at that moment. */
  readonly config: Record<string, unknown>
}

export interface Stage extends Servers {
  readonly page: Page
  /** Errors that nobody caught. */
  readonly uncaught: readonly string[]
}

export const test = base.extend<{ stage: Stage }, { servers: Servers }>({
  servers: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const appPort = 19_320 + parallelIndex
      const appOrigin = `http://localhost:${appPort}`
      const config: Record<string, unknown> = {}
      const app = await hostDist('dist', appPort, config)
      const provider = await createHostileProvider({ port: 19_300 + parallelIndex, appOrigin })
      await use({ provider, appOrigin, config })
      await Promise.all([provider.close(), app.close()])
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

/** Writes `config.json`, which the app reads when it starts. */
export function configure(
  { config, provider }: Pick<Stage, 'config' | 'provider'>,
  fields: ConfigFields = {},
): void {
  for (const name of Object.keys(config)) delete config[name]
  const { profile_url: profileUrl, ...others } = fields
  const profile =
    profileUrl === 'own-api' ? { profile_url: new URL('/user/profile', provider.issuer).href } : {}
  Object.assign(config, { issuer: provider.issuer, client_id: clientId, ...others, ...profile })
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
export async function signIn(stage: Stage, fields: ConfigFields = {}): Promise<void> {
  configure(stage, fields)
  await stage.page.goto('/')
  await clickSignIn(stage.page)
  await expectSignedIn(stage.page)
}
