/** What the app says when a real provider is set up wrongly. */
import { freshPage } from './browser.ts'
import { type Journey, signIn } from './journey.ts'

export async function diagnose(journey: Journey): Promise<void> {
  const { tally, provider, app, browser } = journey
  const { clientWrongOrigin } = provider
  if (clientWrongOrigin !== null)
    await tally.check('a wrong Web origin is named', async () => {
      app.configure({ issuer: provider.issuer, client_id: clientWrongOrigin, scope: provider.scope })
      const page = await freshPage(browser)
      await signIn(journey, page)
      const alert = page.locator('[role="alert"][data-error-code]').first()
      await alert.waitFor()
      const code = await alert.getAttribute('data-error-code')
      console.log(await alert.innerText())
      await page.screenshot({ path: '/tmp/wrong-origin.png' })
      return String(code)
    })
}
