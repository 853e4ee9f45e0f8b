import { access } from 'node:fs/promises'
import { type Browser, chromium, type Page } from '@playwright/test'

/** The machine's own Chromium where there is one, else Playwright's. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  const found = await access(own).then(
    () => true,
    () => false,
  )
  return chromium.launch({
    ...(found ? { executablePath: own } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  })
}

/** A fresh person: no cookies, no storage. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  context.setDefaultNavigationTimeout(20_000)
  return context.newPage()
}
