/** What a person does to get in: the app's button, the provider's own pages, the app's profile. */
import type { Driver } from './driver.ts'

export const signInButton = { role: 'button', name: /^Sign in/ } as const
export const aliceHeading = { role: 'heading', name: 'Alice Åström' } as const

export async function atSignInPage(browser: Driver, username = 'alice'): Promise<void> {
  await browser.fill({ role: 'textbox', name: 'Username' }, username)
  await browser.fill({ role: 'textbox', name: 'Password' }, 'password')
  await browser.click({ role: 'button', name: 'Sign in' })
}

/** From the provider's sign-in page to its answer. */
export async function atProvider(browser: Driver): Promise<void> {
  await atSignInPage(browser)
  await browser.click({ role: 'button', name: 'Allow' })
}

/** From the start page to the profile. */
export async function signIn(browser: Driver, origin: string): Promise<void> {
  await browser.goto(`${origin}/`)
  await browser.click(signInButton)
  await atProvider(browser)
  await browser.at(`${origin}/profile`)
  await browser.see(aliceHeading)
}
