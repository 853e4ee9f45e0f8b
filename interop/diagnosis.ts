/** What the app says when a real provider is set up wrongly, and how little has to be typed when it is set up rightly. */
import { expect, type Page } from '@playwright/test'
import { expectName, failure, type Journey, newPage, signIn, signInButton } from './journey.ts'
import type { Surprise } from './provider.ts'

/** A finding of the doctor by its code, once it has been made. */
const finding = (page: Page, code: string) => page.locator(`[data-finding="${code}"]`)

/** The sign-in stops at the token endpoint; the doctor, one click away, names the setting and the value. */
async function wrongOrigin(journey: Journey, client: string): Promise<string> {
  const { provider, app } = journey
  app.configure({ issuer: provider.issuer, client_id: client, scope: provider.scope })
  const page = await newPage(journey)
  await signIn(journey, page)
  const code = await failure(page).getAttribute('data-error-code')
  expect(code, 'what the app shows').toBe('network_or_cors_blocked')
  await failure(page)
    .getByRole('link', { name: /diagnosis/i })
    .click()
  const found = finding(page, 'token_cors_blocked')
  await found.waitFor()
  await expect(found).toHaveAttribute('data-level', 'fail')
  await expect(found, 'the setting, in the words of the console').toContainText('Web origins')
  await expect(found, 'the value to put there').toContainText(app.origin)
  await page.context().close()
  return `${code}, then token_cors_blocked: Web origins, ${app.origin}`
}

/** Runs the experiment "PKCE left out" as a person does, within the app, since a reload could cost the session. */
async function runPkceLeftOut({ provider }: Journey, page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Experiments', exact: true }).click()
  const item = page.locator('[data-experiment="pkce-left-out"]')
  await item.getByRole('radio').first().click()
  // A provider that will not answer silently is asked in a window.
  page.on('popup', popup => {
    provider.signInOnPage(popup).catch(() => {})
  })
  await page.addLocatorHandler(page.getByRole('button', { name: 'Open its page' }), button => button.click())
  await item.getByRole('button', { name: /^Run/ }).click()
  const verdict = item.and(page.locator('[data-verdict]'))
  await verdict.waitFor()
  return (await verdict.getAttribute('data-verdict')) ?? ''
}

/** The same experiment against both clients: a verdict means something only beside its opposite. */
async function bothVerdicts(journey: Journey): Promise<string[]> {
  const { provider, app } = journey
  const verdicts: string[] = []
  for (const { issuer, client } of [{ issuer: provider.issuer, client: provider.client }, provider.pkceOff]) {
    app.configure({ issuer, client_id: client, scope: provider.scope })
    const page = await newPage(journey)
    await signIn(journey, page)
    await expectName(page, provider.person.name)
    verdicts.push(await runPkceLeftOut(journey, page))
    await page.context().close()
  }
  return verdicts
}

async function pkceLeftOff(journey: Journey): Promise<string> {
  const { verdict } = journey.provider.pkceOff
  expect(await bothVerdicts(journey)).toEqual(['blocked', verdict])
  return `blocked where PKCE is required, ${verdict} where it is left off`
}

/** The lab gets its codes by `prompt=none`, which this provider refuses without a hint: it must not call that a defence. */
async function pkceNotMeasured(journey: Journey): Promise<string> {
  expect(await bothVerdicts(journey)).toEqual(['error', 'error'])
  return `${journey.provider.title} gives no code silently, and the lab says so instead of guessing`
}

/** Another provider is configured; issuer and client id are typed into the page, and nothing else. */
async function typedByHand(journey: Journey): Promise<string> {
  const { provider, app } = journey
  app.configure({ issuer: `${app.origin}/nobody`, client_id: 'somebody-else' })
  const page = await newPage(journey)
  await page.goto(`${app.origin}/provider`)
  await page.getByLabel('Issuer', { exact: true }).fill(provider.issuer)
  await page.getByLabel('Client ID', { exact: true }).fill(provider.client)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'Check', exact: true }).click()
  if (provider.recognisedAs !== null)
    await expect(finding(page, 'discovery_readable')).toContainText(provider.recognisedAs)
  await main.getByRole('button', { name: /^Use / }).click()
  await main.getByRole('button', { name: /^Sign in/ }).click()
  await page.waitForURL(url => url.origin === provider.pages)
  await provider.signInOnPage(page)
  await page.waitForURL(url => url.origin === app.origin)
  await expectName(page, provider.person.name)
  await page.context().close()
  return 'issuer and client id, nothing else'
}

/** What only a sign-in meets is explained, and one press mends it. */
async function surprised(
  journey: Journey,
  { client, afterPassword, cause, press }: Surprise,
): Promise<string> {
  const { provider, app } = journey
  app.configure({ issuer: provider.issuer, client_id: client, scope: provider.scope })
  const page = await newPage(journey)
  if (afterPassword) await signIn(journey, page)
  else {
    await page.goto(app.origin)
    await signInButton(page).click()
  }
  const code = await failure(page).getAttribute('data-error-code')
  await failure(page)
    .getByRole('link', { name: /diagnosis/i })
    .click()
  await page.locator(`[data-cause="${cause}"]`).waitFor()
  await page.getByRole('button', { name: press }).click()
  const main = page.locator('main')
  await main.getByRole('button', { name: /^Use / }).click()
  await main.getByRole('button', { name: /^Sign in/ }).click()
  if (!afterPassword) {
    await page.waitForURL(url => url.origin === provider.pages)
    await provider.signInOnPage(page)
  }
  await expectName(page, provider.person.name)
  await page.context().close()
  return `${code}, then ${cause}: ${press}, and signed in`
}

export async function diagnose(journey: Journey): Promise<void> {
  const { tally, provider } = journey
  const { clientWrongOrigin, surprises = [] } = provider
  await tally.check('typing issuer and client id is enough', () => typedByHand(journey))
  if (clientWrongOrigin !== null)
    await tally.check('a wrong Web origin is diagnosed', () => wrongOrigin(journey, clientWrongOrigin))
  for (const each of surprises)
    await tally.check(`a client that surprises is explained: ${each.cause}`, () => surprised(journey, each))
  if (provider.silent === 'cookie')
    await tally.check('PKCE left off is diagnosed', () => pkceLeftOff(journey))
  else await tally.check('PKCE left off is not guessed at', () => pkceNotMeasured(journey))
}
