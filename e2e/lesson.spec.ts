/** The whole lesson with the keyboard alone, and what a learner may meet on the way. */
import type { Page } from '@playwright/test'
import { stops } from '../src/lesson/stops.ts'
import { expect, signInAtProvider, test } from './app.ts'
import { press, signInByKeys, tabTo } from './keys.ts'

const lesson = (page: Page) => page.getByRole('complementary', { name: 'Lesson' })
const title = (page: Page) => lesson(page).getByRole('heading', { level: 2 })
const line = (page: Page, step: string) =>
  page.getByRole('list', { name: 'Protocol messages' }).locator(`[data-step=${step}]`).last()

const pressButton = (page: Page, name: string) =>
  press(page, lesson(page).getByRole('button', { name, exact: true }))

function optionsOf(id: string): readonly string[] {
  const stop = stops.find(each => each.id === id)
  if (!stop) throw new Error(`no stop ${id}`)
  return stop.question.options.map(option => option.id)
}

/** Predicts with the arrow keys. The focus is on the title when a stop begins, and on the verdict after the prediction. */
async function predict(page: Page, id: string, option: string, verdict = 'Right.'): Promise<void> {
  const stop = stops.find(each => each.id === id)
  await expect(title(page)).toHaveText(stop?.title ?? '')
  const first = lesson(page).getByRole('radio').first()
  await expect(first).toBeVisible()
  await expect(title(page)).toBeFocused()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeHidden()
  await tabTo(page, first)
  await page.keyboard.press('Space')
  for (const each of optionsOf(id).slice(1, optionsOf(id).indexOf(option) + 1)) {
    await page.keyboard.press('ArrowDown')
    await expect(lesson(page).getByRole('radio', { checked: true })).toHaveValue(each)
  }
  await page.keyboard.press('Enter')
  await expect(lesson(page).getByRole('heading', { name: verdict })).toBeFocused()
}

/** To the stop where the code has come back. */
async function toTheCode(page: Page): Promise<void> {
  await predict(page, 'why-a-code', 'seen')
  await pressButton(page, 'Start the sign-in')
  await predict(page, 'verifier-and-challenge', 'challenge')
  await pressButton(page, 'Go on')
  await predict(page, 'three-values', 'state')
  await pressButton(page, 'Go on')
  await predict(page, 'the-address', 'secret')
  await pressButton(page, 'Send it, and sign in')
}

test('the lesson from start to end with the keyboard alone', async ({ page, demo }) => {
  test.slow()
  await page.goto(`${demo.appOrigin}/`)
  await press(page, page.getByRole('button', { name: 'Take the lesson' }))
  await expect(page).toHaveURL(/[?&]lesson=1/)

  await predict(page, 'why-a-code', 'shorter', 'Not quite.')
  await pressButton(page, 'Start the sign-in')

  await predict(page, 'verifier-and-challenge', 'challenge')
  await expect(line(page, 'pkce_created')).toHaveAttribute('data-selected', 'true')
  await expect(line(page, 'authorization_request')).toHaveAttribute('data-status', 'paused')
  await pressButton(page, 'Go on')

  await predict(page, 'three-values', 'state')
  await expect(line(page, 'transaction_created')).toHaveAttribute('data-selected', 'true')
  await pressButton(page, 'Go on')

  await predict(page, 'the-address', 'secret')
  await expect(page.getByRole('form', { name: 'Held message' })).toBeVisible()
  await pressButton(page, 'Send it, and sign in')
  await signInByKeys(page)

  await predict(page, 'back-with-a-code', 'hand-in')
  expect(page.url()).not.toContain('code=')
  await expect(line(page, 'authorization_response')).toHaveAttribute('data-status', 'paused')
  await pressButton(page, 'Let the app go on')

  await predict(page, 'who-answered', 'iss')
  await expect(line(page, 'authorization_response_checked')).toHaveAttribute('data-selected', 'true')
  await pressButton(page, 'Go on')
  await predict(page, 'no-secret', 'readable')
  await expect(line(page, 'token_request')).toHaveAttribute('data-selected', 'true')
  await pressButton(page, 'Go on')

  await predict(page, 'two-tokens', 'id')
  await expect(line(page, 'token_response')).toHaveAttribute('data-status', 'paused')
  await pressButton(page, 'Let the app check it')

  await predict(page, 'nonce', 'tie')
  await expect(line(page, 'id_token_checked')).toHaveAttribute('data-selected', 'true')
  await pressButton(page, 'Go on')
  await predict(page, 'bearer', 'not')
  await expect(line(page, 'profile_request')).toHaveAttribute('data-status', 'paused')
  await pressButton(page, 'Ask for the profile')

  await predict(page, 'renewal', 'new')
  await pressButton(page, 'Renew now')
  await predict(page, 'rotation', 'family')
  await expect(line(page, 'refresh_response')).toHaveAttribute('data-selected', 'true')
  await pressButton(page, 'Go on')
  await predict(page, 'limits', 'code')
  await pressButton(page, 'Go on')

  await predict(page, 'steal', 'authorization-server', 'You said:')
  const before = demo.log.entries.length
  await pressButton(page, 'Hand in the stolen code')
  await expect(
    lesson(page).getByRole('heading', { name: 'The authorization server blocked it' }),
  ).toBeFocused()
  await expect(lesson(page).getByRole('heading', { name: 'Right.' })).toBeVisible()
  const stolen = demo.log.entries
    .slice(before)
    .filter(({ form }) => form.get('grant_type') === 'authorization_code')
  expect(stolen.some(({ form }) => form.has('code') && !form.has('code_verifier'))).toBe(true)
  await pressButton(page, 'Go on')

  await predict(page, 'catch', 'hash')
  await pressButton(page, 'Let the thief try')
  const messages = lesson(page).getByRole('list', { name: 'Messages of this attack' })
  await press(page, messages.getByRole('button', { name: /GET \/authorize/ }))
  await expect(lesson(page).getByText(/^Not here\./)).toBeVisible()
  await expect(lesson(page).getByRole('button', { name: 'Finish' })).toHaveCount(0)
  await press(page, messages.getByRole('button', { name: /^Attacker to Auth server/ }))
  await expect(lesson(page).getByText(/^Caught\./)).toBeVisible()
  await pressButton(page, 'Finish')

  await expect(title(page)).toHaveText('You caught a stolen code')
  await expect(title(page)).toBeFocused()
  await expect(lesson(page).getByText('14 of 15 predictions were right.')).toBeVisible()
  await pressButton(page, 'Leave the lesson')
  await expect(lesson(page)).toHaveCount(0)
  await expect(page).not.toHaveURL(/lesson/)
})

test('the place is kept over a reload, and the sign-in runs up to it again', async ({ page, demo }) => {
  test.slow()
  await page.goto(`${demo.appOrigin}/?lesson=1`)
  await toTheCode(page)
  await signInAtProvider(page)
  await predict(page, 'back-with-a-code', 'hand-in')
  await page.goto(`${demo.appOrigin}/?lesson=1`)
  await expect(title(page)).toHaveText('Back, with a code')
  await pressButton(page, 'Start the sign-in again')
  await expect(lesson(page).getByText('Held: authorization response')).toBeVisible()
  await expect(lesson(page).getByRole('heading', { name: 'Right.' })).toBeVisible()
  await pressButton(page, 'Let the app go on')
  await predict(page, 'who-answered', 'iss')
})

test('a code that the provider refuses is told, and a fresh one goes on from there', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.appOrigin}/?lesson=1`)
  await toTheCode(page)
  await signInAtProvider(page)
  await predict(page, 'back-with-a-code', 'hand-in')
  // What a code that waited too long looks like to the provider: one that it does not know any more.
  const held = page.getByRole('form', { name: 'Held message' })
  await held.getByLabel('code', { exact: true }).fill('gone')
  await pressButton(page, 'Let the app go on')
  await expect(title(page)).toHaveText('Who answered')
  await expect(lesson(page).getByRole('radio')).toHaveCount(0)
  await pressButton(page, 'Get a fresh code')
  await predict(page, 'who-answered', 'iss')
  await pressButton(page, 'Go on')
  await predict(page, 'no-secret', 'readable')
})

test('nothing of the lesson is loaded while no lesson is on', async ({ page, demo }) => {
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${demo.appOrigin}/`)
  await expect(page.getByRole('button', { name: 'Take the lesson' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Protocol messages' })).toBeVisible()
  expect(asked.filter(url => /lesson-panel|theft/.test(url))).toEqual([])
  await page.getByRole('button', { name: 'Take the lesson' }).click()
  await expect(lesson(page)).toBeVisible()
  expect(asked.filter(url => /lesson-panel/.test(url)).length).toBeGreaterThan(0)
})
