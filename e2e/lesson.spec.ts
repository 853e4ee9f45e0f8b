import AxeBuilder from 'axe-core'
import type { Locator, Page } from '@playwright/test'
import { stops } from '../src/lesson/stops.ts'
import { expect, test } from './app.ts'

const lesson = (page: Page) => page.getByRole('complementary', { name: 'Lesson' })
const line = (page: Page, step: string) =>
  page.getByRole('list', { name: 'Protocol messages' }).locator(`[data-step=${step}]`).last()

/** Presses Tab until `target` has the focus: whoever cannot use a pointer gets there too. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not get there')
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

const goOn = (page: Page, name: string) => press(page, lesson(page).getByRole('button', { name, exact: true }))

/** Predicts with the arrow keys. The focus is on the title of the stop when it begins, and on the verdict after it. */
async function predict(page: Page, id: string, option: string): Promise<void> {
  const stop = stops.find(each => each.id === id)
  if (!stop) throw new Error(`no stop ${id}`)
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText(stop.title)
  const [first] = await lesson(page).getByRole('radio').all()
  if (!first) throw new Error(`nothing to predict at ${id}`)
  await expect(lesson(page).getByRole('heading', { level: 2 })).toBeFocused()
  await tabTo(page, first)
  await page.keyboard.press('Space')
  for (let at = 0; stop.question.options[at]?.id !== option; at++) await page.keyboard.press('ArrowDown')
  await expect(lesson(page).getByRole('radio', { checked: true })).toHaveValue(option)
  await page.keyboard.press('Enter')
  await expect(lesson(page).getByRole('heading', { level: 3 }).first()).toBeFocused()
}

async function signInByKeys(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('Username'))
  await page.keyboard.type('alice')
  await tabTo(page, page.getByLabel('Password'))
  await page.keyboard.type('password')
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Allow' }))
}
