/** A person who uses no pointer: the Tab key to get there, Enter to press. */
import type { Locator, Page } from '@playwright/test'
import { expect } from './app.ts'

/** Presses Tab until `target` has the focus, once around the longest page at most. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 160; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the Tab key does not get there')
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** At the demo provider's pages, from wherever its sign-in page is shown. */
export async function signInByKeys(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('Username'))
  await page.keyboard.type('alice')
  await tabTo(page, page.getByLabel('Password'))
  await page.keyboard.type('password')
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Allow' }))
}
