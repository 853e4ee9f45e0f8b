/** axe on every page and state in both themes, and what axe cannot see: zoom, forced colours. */
import { createRequire } from 'node:module'
import type { Locator, Page } from '@playwright/test'
import { expect, signIn, test } from './app.ts'
import { tabTo } from './keys.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Violations by rule, each with the places where it was found, once nothing fades in any more. */
async function violations(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  // The driver sets the colours anew after a navigation, perhaps while axe is looking.
  await page.waitForFunction(scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, colorScheme)
  return page.evaluate(async () => {
    const ends = (each: Animation) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    )
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

/** Opens a page and waits until all of it is there. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  // The lesson has one for the way through it, which stays.
  await expect(page.getByRole('progressbar', { name: /^(?!Lesson$)/ })).toHaveCount(0)
  if (address.includes('lesson'))
    await expect(page.getByRole('complementary', { name: 'Lesson' }).getByRole('radio').first()).toBeVisible()
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
        '/experiments?view=report-card',
        '/provider',
        '/nowhere',
        '/callback?code=a&state=b',
      ]) {
        await open(page, demo.appOrigin + path)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        expect(await violations(page, colorScheme), path).toEqual([])
      }
      await signIn(page, demo)
      await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
      await expect(page.getByRole('complementary', { name: 'Lens' }).getByRole('tab').first()).toBeVisible()
      expect(await violations(page, colorScheme), 'profile, signed in').toEqual([])
      await page.getByRole('link', { name: 'Flow' }).click()
      await expect(page.getByRole('tab', { name: 'HTTP' })).toBeVisible()
      for (const tab of ['HTTP', 'Checks', 'Code', 'Explain']) {
        await page.getByRole('tab', { name: tab }).click()
        expect(await violations(page, colorScheme), `flow, ${tab}`).toEqual([])
      }
      // Last: a lesson stays on in its tab, and stands where the inspector is.
      await open(page, `${demo.appOrigin}/?lesson=1`)
      await expect(page.getByRole('banner').getByRole('link', { name: 'Alice Åström' })).toBeVisible()
      expect(await violations(page, colorScheme), 'lesson').toEqual([])
    })

    test(`axe finds nothing on the provider's own pages, ${colorScheme}`, async ({ page, demo }) => {
      await page.addInitScript({ path: axe })
      await page.goto(`${demo.appOrigin}/`)
      await page.getByRole('button', { name: /^Sign in/ }).click()
      await expect(page.getByLabel('Username')).toBeVisible()
      expect(await violations(page, colorScheme)).toEqual([])
      await page.getByLabel('Username').fill('alice')
      await page.getByLabel('Password').fill('password')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
      expect(await violations(page, colorScheme)).toEqual([])
    })
  })
}

for (const [name, size] of [
  ['phone', { width: 390, height: 844 }],
  ['200 % zoom of a laptop', { width: 640, height: 400 }],
  ['small phone', { width: 320, height: 640 }],
  ['tablet', { width: 820, height: 1180 }],
  ['desktop', { width: 1280, height: 800 }],
] as const) {
  test(`nothing scrolls sideways: ${name}`, async ({ page, demo }) => {
    await page.setViewportSize(size)
    await signIn(page, demo)
    for (const path of [
      '/',
      '/?lesson=1',
      '/profile',
      '/experiments',
      '/experiments?view=report-card',
      '/provider',
    ]) {
      await open(page, demo.appOrigin + path)
      const [wider, longer] = await page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
        return [scrollWidth - clientWidth, scrollHeight - clientHeight]
      })
      expect(wider, path).toBeLessThanOrEqual(0)
      // On a phone the document scrolls; elsewhere a part of it does, and the bar stays.
      if (size.width > 719) expect(longer, path).toBeLessThanOrEqual(0)
    }
  })
}

test('lines of text stay apart when only the text is made larger', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/provider`)
  await expect(page.locator('[data-finding]').nth(8)).toBeVisible()
  const tight = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
    return [...document.querySelectorAll('main p, main h3, main small, main .doctor-seen')]
      .filter(each => {
        const { fontSize, lineHeight } = getComputedStyle(each)
        return Number.parseFloat(lineHeight) < Number.parseFloat(fontSize)
      })
      .map(each => each.textContent)
  })
  expect(tight).toEqual([])
})

for (const width of [1440, 820, 390])
  test(`text of twice the size stays in the page and apart, ${width} px wide`, async ({ page, demo }) => {
    await page.setViewportSize({ width, height: 900 })
    await signIn(page, demo)
    for (const path of ['/', '/profile', '/experiments', '/provider']) {
      await open(page, demo.appOrigin + path)
      const found = await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%'
        const { scrollWidth, clientWidth } = document.documentElement
        const boxes = [...document.querySelectorAll('.lens-head, .ui-nav a, .ui-top-end > *')]
          .map(each => each.getBoundingClientRect())
          .filter(box => box.width > 0)
        const overlap = boxes.some((one, at) =>
          boxes
            .slice(at + 1)
            .some(
              other =>
                one.left < other.right - 1 &&
                other.left < one.right - 1 &&
                one.top < other.bottom - 1 &&
                other.top < one.bottom - 1,
            ),
        )
        return {
          sideways: scrollWidth - clientWidth,
          overlap,
          outside: boxes.some(box => box.right > clientWidth),
        }
      })
      expect(found, path).toEqual({ sideways: 0, overlap: false, outside: false })
    }
  })

const controls: readonly (readonly [string, (page: Page) => Locator])[] = [
  ['/', page => page.getByRole('button', { name: /^Sign in/ })],
  ['/?lesson=1', page => page.getByRole('complementary', { name: 'Lesson' }).getByRole('radio').first()],
  ['/experiments?view=report-card', page => page.getByRole('button', { name: 'Run all checks' })],
]
for (const [path, find] of controls)
  test(`forced colours keep the focus visible: ${path}`, async ({ page, demo }) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await page.goto(demo.appOrigin + path)
    const control = find(page)
    await tabTo(page, control)
    // A radio button may leave the outline to the label around it.
    const outlines = await control.evaluate(element =>
      [element, element.closest('label')].map(each => each && getComputedStyle(each).outlineStyle),
    )
    expect(outlines.filter(each => each !== null && each !== 'none')).not.toEqual([])
  })
