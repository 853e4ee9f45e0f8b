import { expect, test } from './app.ts'

for (const width of [1440, 390])
  test(`at ${width} pixels nothing of the start page moves when its fonts come`, async ({ page, demo }) => {
    let release = () => {}
    const released = new Promise<void>(done => {
      release = done
    })
    let held = 0
    await page.route(/\.woff2/, async route => {
      held += 1
      await released
      await route.continue()
    })
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${demo.appOrigin}/`, { waitUntil: 'commit' })
    await expect(page.getByText('More ways to sign in')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Take the lesson' })).toBeVisible()
    const tops = () =>
      page
        .locator('.app-intro > *')
        .evaluateAll(all => all.map(each => Math.round(each.getBoundingClientRect().top)))
    const before = await tops()
    expect(held).toBeGreaterThan(0)
    release()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    expect(await page.evaluate(() => document.fonts.check('16px "Inter Variable"'))).toBe(true)
    expect(await tops()).toEqual(before)
  })
