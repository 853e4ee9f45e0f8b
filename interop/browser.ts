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

/**
 * A fresh person: no cookies, no storage.
 * @param refused gets a line for whatever the app's own policy (CSP, Trusted Types) refuses on a page of `appOrigin`
 */
export async function freshPage(
  browser: Browser,
  appOrigin: string,
  refused: (what: string) => void,
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' })
  context.setDefaultTimeout(60_000)
  context.setDefaultNavigationTimeout(60_000)
  await context.exposeBinding('interopRefused', (_source, page: unknown, what: unknown) => {
    if (String(page).startsWith(`${appOrigin}/`)) refused(String(what))
  })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      const report: unknown = Reflect.get(window, 'interopRefused')
      if (typeof report === 'function')
        report(event.documentURI, `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  return context.newPage()
}
