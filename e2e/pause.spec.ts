import type { Page } from '@playwright/test'
import { expect, signIn, signInAtProvider, test } from './app.ts'

const held = (page: Page) => page.getByRole('form', { name: 'Held message' })
const message = (page: Page, step: string) =>
  page.getByRole('list', { name: 'Protocol messages' }).locator(`[data-step=${step}]`)

/** Starts a sign-in with pausing on and stops at the address, before the tab leaves. */
async function pauseAtAddress(page: Page, appOrigin: string): Promise<void> {
  await page.goto(`${appOrigin}/`)
  await page.getByRole('button', { name: 'Pause before each message' }).click()
  await expect(page.getByRole('button', { name: 'Pause before each message' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await expect(message(page, 'authorization_request')).toHaveAttribute('data-status', 'paused')
}

const next = (page: Page) =>
  page.getByRole('group', { name: 'Run control' }).getByRole('button', { name: 'Next message' })

/** A request is sent, an answer is let in. */
const send = (page: Page) =>
  held(page)
    .getByRole('button', { name: /^(Send|Let it in)/ })
    .click()

/** Sends everything unchanged until this kind of message is held. */
async function sendUntil(page: Page, step: string): Promise<void> {
  await expect(async () => {
    if ((await message(page, step).last().getAttribute('data-status')) === 'paused') return
    await send(page)
    throw new Error('not yet')
  }).toPass()
}

test('the pause survives the redirect, and an untouched sign-in succeeds', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await send(page)
  await signInAtProvider(page)
  await expect(message(page, 'authorization_response')).toHaveAttribute('data-status', 'paused')
  await expect(message(page, 'authorization_request')).toHaveAttribute('data-status', 'done')
  await expect(message(page, 'consent_given')).toHaveAttribute('data-status', 'done')
  await expect(held(page).getByRole('button', { name: /^Let it in/ })).toBeVisible()
  expect(page.url()).not.toContain('code=')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
})

test('a breakpoint on one kind of message stops there, also after the redirect', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: 'Breakpoints' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Token request' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Breakpoints, 1 set' })).toBeVisible()
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(message(page, 'token_request')).toHaveAttribute('data-status', 'paused')
  await expect(message(page, 'authorization_response')).toHaveAttribute('data-status', 'done')
  await send(page)
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
})

test('a provider that keeps the person after an edit is named', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await held(page).getByLabel('redirect_uri').fill(`${demo.appOrigin}/elsewhere`)
  await send(page)
  await page.waitForURL(url => url.href.startsWith(demo.issuer))
  await page.goto(`${demo.appOrigin}/`)
  await expect(page.getByText('The authorization server stopped it')).toBeVisible()
})

test('PKCE-11: a changed verifier is stopped by the authorization server', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await send(page)
  await signInAtProvider(page)
  await sendUntil(page, 'token_request')
  const verifier = held(page).getByLabel('code_verifier')
  await expect(verifier).toHaveCSS('-webkit-text-security', 'disc')
  await expect(held(page).getByLabel('grant_type')).toHaveCSS('-webkit-text-security', 'none')
  await verifier.focus()
  await expect(verifier).toHaveCSS('-webkit-text-security', 'none')
  await verifier.fill(`${await verifier.inputValue()}A`)
  await expect(held(page).getByText('tampered', { exact: true })).toBeVisible()
  await expect(message(page, 'token_request').getByText(/^code_verifier, .*tampered$/)).toBeAttached()
  await expect(page.getByText('POST /token, 1 value tampered')).toBeVisible()
  await held(page).getByText('Auth server').click()
  await send(page)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('The authorization server stopped it')).toBeVisible()
  await expect(page.getByText('You guessed the authorization server. Right.')).toBeVisible()
  await expect(page.getByText('invalid_grant').first()).toBeVisible()
  await expect(message(page, 'token_request')).toHaveAttribute('data-status', 'tampered')
  await expect(page.getByRole('tab', { name: /^Checks/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('S256(code_verifier) equals the challenge that was sent')).toBeVisible()
})

test('RESP-03: a changed state is stopped by the app', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await send(page)
  await signInAtProvider(page)
  await expect(message(page, 'authorization_response')).toHaveAttribute('data-status', 'paused')
  await held(page).getByLabel('state', { exact: true }).fill('another')
  const before = demo.log.entries.length
  await send(page)
  const verdict = page.getByRole('alert').filter({ hasText: 'The app stopped it' })
  await expect(verdict).toHaveAttribute('data-error-code', 'auth_response_state_mismatch')
  await expect(verdict.getByRole('link', { name: 'Open the diagnosis' })).toBeVisible()
  expect(demo.log.entries.slice(before).filter(({ path }) => path === '/token')).toEqual([])
  await expect(message(page, 'token_request')).not.toHaveAttribute('data-status', 'paused')
  // Another sign-in is another story: the verdict of this one does not stand over it.
  await page.getByRole('link', { name: 'Profile' }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Sign in/ })
    .click()
  await page.getByRole('link', { name: 'Open it in the flow' }).click()
  await expect(verdict).toHaveCount(0)
  await expect(message(page, 'authorization_request')).toHaveAttribute('data-status', 'paused')
})

test('Next lets a changed message go on as it was changed', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await send(page)
  await signInAtProvider(page)
  await expect(message(page, 'authorization_response')).toHaveAttribute('data-status', 'paused')
  await held(page).getByLabel('state', { exact: true }).fill('another')
  await page.getByRole('tab', { name: 'Explain' }).click()
  await next(page).click()
  await expect(page.getByText('The app stopped it')).toBeVisible()
  // Turned to Explain before the edit went on, the person is shown the checks all the same.
  await expect(page.getByRole('tab', { name: /^Checks/ })).toHaveAttribute('aria-selected', 'true')
})

test('on a phone the banner and the strip have room for their words', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await pauseAtAddress(page, demo.appOrigin)
  await send(page)
  await signInAtProvider(page)
  await expect(message(page, 'authorization_response')).toHaveAttribute('data-status', 'paused')
  await held(page).getByLabel('state', { exact: true }).fill('another')
  await page.getByRole('link', { name: 'Profile' }).click()
  const isClipped = (element: Element) => element.scrollWidth > element.clientWidth
  for (const button of [
    page.getByRole('link', { name: 'Open it in the flow' }),
    page.getByRole('button', { name: 'Let everything go' }),
  ])
    expect(await button.evaluate(isClipped)).toBe(false)
  await page.getByRole('link', { name: 'Open it in the flow' }).click()
  await expect(held(page).getByLabel('state', { exact: true })).toHaveValue('another')
  await send(page)
  const status = page.locator('.lens-strip-status')
  await expect(status).toHaveText(/^Blocked by the app/)
  expect(await status.evaluate(isClipped)).toBe(false)
})

test('signed in there is no next message, and the strip does not begin another sign-in', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  await expect(page.getByRole('button', { name: 'Run again' })).toBeEnabled()
  await expect(next(page)).toBeDisabled()
})

test('a dropped message ends the sign-in with a way on', async ({ page, demo }) => {
  await pauseAtAddress(page, demo.appOrigin)
  await held(page).getByRole('button', { name: 'Drop it' }).click()
  await expect(page.locator('[role=alert]')).toHaveAttribute('data-error-code', 'message_dropped')
})
