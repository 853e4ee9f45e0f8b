/** Knows only the outside contract: serves `dist/` with its own configuration for a provider that is not ours. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { build } from 'vite'
import { portsOf } from './app.ts'
import { createHostileProvider } from './hostile/provider.ts'
import { hostDist } from './static-host.ts'

const ports = () => portsOf(test.info().parallelIndex, 5700)

async function signInThere(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(page).toHaveURL(`${address}profile`)
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Alice')
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

test('another provider, named in config.json only, signs somebody in', async ({ page }) => {
  const { appPort, providerPort } = ports()
  const provider = await createHostileProvider({
    port: providerPort,
    appOrigin: `http://localhost:${appPort}`,
  })
  const host = await hostDist('dist', appPort, { issuer: provider.issuer, client_id: 'hostile-lens' })
  try {
    await signInThere(page, `${host.origin}/`)
    for (const name of ['Flow', 'Experiments', 'Provider', 'Profile']) {
      await page.getByRole('navigation').getByRole('link', { name }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(1)
    }
    expect(provider.requests.map(({ endpoint }) => endpoint)).toContain('userinfo')
  } finally {
    await host.close()
    await provider.close()
  }
})

test('the app works under a base path', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pkce-lens-'))
  await build({ logLevel: 'error', base: '/lens/', build: { outDir: folder, emptyOutDir: true } })
  const { appPort, providerPort } = ports()
  const provider = await createHostileProvider({
    port: providerPort,
    appOrigin: `http://localhost:${appPort}`,
  })
  const config = { issuer: provider.issuer, client_id: 'hostile-lens' }
  const host = await hostDist(folder, appPort, config, { base: '/lens/' })
  try {
    await signInThere(page, `${host.origin}/lens/`)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Alice')
  } finally {
    await host.close()
    await provider.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
