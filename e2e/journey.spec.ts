import { expect, goToConsent, signIn, signInAtProvider, test } from './app.ts'

test('sign-in, profile, reload and sign-out', async ({ page, demo }) => {
  await signIn(page, demo)
  await expect(page.getByText('alice@example.com').first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${demo.appOrigin}/`)
  await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()
})

test('AREQ-13: a protected page visited while signed out comes back to itself', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/profile?tab=claims#email`)
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click()
  await signInAtProvider(page, 'bob')
  await expect(page).toHaveURL(`${demo.appOrigin}/profile?tab=claims#email`)
})

test('a denied consent says so and offers a way on', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await goToConsent(page)
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect(page.locator('[role=alert]')).toHaveAttribute('data-error-code', 'auth_response_access_denied')
  await expect(page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
})
