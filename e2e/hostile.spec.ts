/**
 * The hostile suite: a provider that lies in one point, driven through the built app in a real browser. Every lie
 * must be refused with its stable code and without a further call; every honest variation must be accepted.
 */

import { test as base, expect } from '@playwright/test'
import { serveApp } from '../provider/app-server.ts'
import { accepted } from './hostile/accepted.ts'
import { title } from './hostile/cases.ts'
import { createHostileProvider, type HostileProvider } from './hostile/provider.ts'
import { refusedAfterwards } from './hostile/refused-afterwards.ts'
import { refusedBeforeTokens } from './hostile/refused-before-tokens.ts'
import { refusedTokens } from './hostile/refused-tokens.ts'
import { expectAccepted, expectRefused, play, type Stage } from './hostile/run-case.ts'

interface Servers {
  readonly provider: HostileProvider
  readonly appOrigin: string
}

const test = base.extend<{ stage: Stage }, { servers: Servers }>({
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
    await use({ page, provider: servers.provider, uncaught })
  },
})

test.describe.configure({ mode: 'parallel' })

const refused = [...refusedBeforeTokens, ...refusedTokens, ...refusedAfterwards]

test.describe('refused', () => {
  for (const each of refused)
    test(title(each), async ({ stage }) => {
      await expectRefused(stage, each, await play(stage, each))
    })
})

test.describe('accepted', () => {
  for (const each of accepted)
    test(title(each), async ({ stage }) => {
      await play(stage, each)
      await expectAccepted(stage, each)
    })
})

test('there are at least 60 refusals and 20 variations, each with a name of its own', () => {
  expect(refused.length).toBeGreaterThanOrEqual(60)
  expect(accepted.length).toBeGreaterThanOrEqual(20)
  const titles = [...refused, ...accepted].map(title)
  expect(new Set(titles).size).toBe(titles.length)
})
