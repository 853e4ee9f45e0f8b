/** axe on every page and state in both themes, and what axe cannot see: zoom, forced colours, the keyboard alone. */
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './app.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Violations by rule, each with the places where it was found. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const tool: unknown = Reflect.get(window, 'axe')
    if (typeof tool !== 'object' || tool === null) throw new Error('axe is not there')
    const run: unknown = Reflect.get(tool, 'run')
    if (typeof run !== 'function') throw new Error('axe cannot run')
    const result: { violations: { id: string; nodes: { html: string }[] }[] } = await run.call(
      tool,
      document,
      { resultTypes: ['violations'] },
    )
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`,
    )
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test(`axe finds nothing on any page, ${colorScheme}`, async ({ page, demo }) => {
      test.slow()
      await page.addInitScript({ path: axe })
      for (const path of [
        '/',
        '/profile',
        '/experiments',
        '/provider',
        '/nowhere',
        '/callback?code=a&state=b',
      ]) {
        await page.goto(demo.appOrigin + path)
        await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
        await expect(page.getByRole('progressbar')).toHaveCount(0)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        expect(await violations(page), path).toEqual([])
      }
      await signIn(page, demo)
      await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
      await expect(page.getByRole('complementary', { name: 'Lens' }).getByRole('tab').first()).toBeVisible()
      expect(await violations(page), 'profile, signed in').toEqual([])
      await page.getByRole('link', { name: 'Flow' }).click()
      await expect(page.getByRole('tab', { name: 'HTTP' })).toBeVisible()
      for (const tab of ['HTTP', 'Checks', 'Code', 'Explain']) {
        await page.getByRole('tab', { name: tab }).click()
        expect(await violations(page), `flow, ${tab}`).toEqual([])
      }
    })

    test(`axe finds nothing on the provider's own pages, ${colorScheme}`, async ({ page, demo }) => {
      await page.addInitScript({ path: axe })
      await page.goto(`${demo.appOrigin}/`)
      await page.getByRole('button', { name: /^Sign in/ }).click()
      await expect(page.getByLabel('Username')).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.getByLabel('Username').fill('alice')
      await page.getByLabel('Password').fill('password')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  })
}

test('sign-in, profile and sign-out by keyboard alone', async ({ page, demo }) => {
  const tabTo = async (name: RegExp) => {
    await expect(async () => {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      )
      expect(focused).toMatch(name)
    }).toPass({ intervals: [0] })
  }
  await page.goto(`${demo.appOrigin}/`)
  await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()
  await tabTo(/^Sign in/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Username')).toBeFocused()
  await page.keyboard.type('alice')
  await page.keyboard.press('Tab')
  await page.keyboard.type('password')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
  await tabTo(/Allow/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await tabTo(/Sign out/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${demo.appOrigin}/`)
})

for (const [name, size] of [
  ['phone', { width: 390, height: 844 }],
  ['200 % zoom of a laptop', { width: 640, height: 400 }],
  ['small phone', { width: 320, height: 640 }],
] as const) {
  test(`nothing scrolls sideways: ${name}`, async ({ page, demo }) => {
    await page.setViewportSize(size)
    await signIn(page, demo)
    for (const path of ['/', '/profile', '/experiments', '/provider']) {
      await page.goto(demo.appOrigin + path)
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
      await expect(page.getByRole('progressbar')).toHaveCount(0)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, path).toBeLessThanOrEqual(0)
    }
  })
}

test('forced colours keep the focus visible', async ({ page, demo }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(`${demo.appOrigin}/`)
  const button = page.getByRole('button', { name: /^Sign in/ })
  await expect(button).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(button).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0] })
  const outline = await button.evaluate(element => getComputedStyle(element).outlineStyle)
  expect(outline).not.toBe('none')
})
