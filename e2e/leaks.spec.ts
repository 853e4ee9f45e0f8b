/** Signs in, renews, reloads, signs out and fails, then looks for every secret that the provider gave out. */
import type { BrowserContext, Page } from '@playwright/test'
import type { Demo } from '../provider/demo.ts'
import { explanations } from '../src/explain/explanations.ts'
import { expect, goToConsent, signIn, signInAtProvider, test } from './app.ts'

/** Everything that was issued, and every verifier that was sent. */
function secretsOf(demo: Demo): string[] {
  const verifiers = demo.log.entries.flatMap(({ form }) => form.getAll('code_verifier'))
  return [...new Set([...demo.secrets.values, ...verifiers])].filter(secret => secret.length >= 16)
}

/** What a page of this origin could read, and what the browser keeps of it; but for the message that is being edited. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const shown = document.importNode(document.documentElement, true)
    shown.querySelector('.pause-editor')?.remove()
    const databases = await indexedDB.databases()
    const caches = 'caches' in window ? await window.caches.keys() : []
    return JSON.stringify({
      session: { ...sessionStorage },
      local: { ...localStorage },
      cookie: document.cookie,
      dom: shown.outerHTML,
      fields: [...document.querySelectorAll(':not(.pause-editor *):is(input, textarea)')].map(each =>
        'value' in each ? each.value : '',
      ),
      address: location.href,
      referrer: document.referrer,
      history: navigation.entries().map(entry => [entry.url, entry.getState()]),
      state: history.state,
      name: window.name,
      databases: databases.map(each => each.name),
      caches,
    })
  })
}

async function storedByContext(context: BrowserContext): Promise<string> {
  return JSON.stringify(await context.storageState({ indexedDB: true }))
}

function expectNone(text: string, secrets: readonly string[], where: string): void {
  const found = secrets.filter(secret => text.includes(secret))
  expect(found.length, `${found.length} secrets in ${where}`).toBe(0)
}

/** Watches from now on; the answer looks everywhere. */
function watch(page: Page, demo: Demo): (where: string) => Promise<void> {
  const context = page.context()
  const said: string[] = []
  const referrers: string[] = []
  context.on('console', message => said.push(message.text()))
  context.on('request', request => {
    if (!request.url().startsWith(demo.issuer)) referrers.push(request.headers()['referer'] ?? '')
  })
  return async where => {
    const secrets = secretsOf(demo)
    expectNone(await kept(page), secrets, `the page ${where}`)
    expectNone(await storedByContext(context), secrets, `storage ${where}`)
    expectNone([...said, ...referrers].join('\n'), secrets, `console and referrers ${where}`)
  }
}

test('WEB-13, TOK-13: no secret anywhere, in any state', async ({ page, demo }) => {
  test.slow()
  const look = watch(page, demo)
  await signIn(page, demo)
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  await look('after a sign-in')
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await look('after a renewal')
  await page.getByRole('link', { name: 'Flow' }).click()
  await expect(page.getByRole('list', { name: 'Protocol messages' })).toBeVisible()
  for (const tab of ['HTTP', 'Checks', 'Code', 'Explain']) {
    await page.getByRole('tab', { name: tab }).click()
    await look(`in the lens under ${tab}`)
  }
  await page.goto(`${demo.appOrigin}/profile`)
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  await look('after a reload')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()
  await look('after the sign-out')

  // Failing in several ways leaves nothing either.
  await page.route(`${demo.issuer}/token`, route => route.abort())
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(page.locator('[role=alert]').first()).toBeVisible()
  await look('after a token request that failed')
  await page.unroute(`${demo.issuer}/token`)
  await page.goto(`${demo.appOrigin}/callback?code=${demo.secrets.values.at(-1) ?? ''}&state=foreign`)
  await expect(page.locator('[role=alert]').first()).toBeVisible()
  await look('after a forged callback')
})

test('WEB-13, TOK-13: no secret by a window with DPoP and PAR, while a message is held, or after a refusal', async ({
  page,
  demo,
}) => {
  test.slow()
  const look = watch(page, demo)
  await page.route('**/config.json', route =>
    route.fulfill({ json: { ...demo.config, dpop: true, par: true } }),
  )
  await page.goto(`${demo.appOrigin}/`)
  await page.getByText('More ways to sign in').click()
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'In a popup' }).click()
  const popup = await opened
  const closed = popup.waitForEvent('close')
  await signInAtProvider(popup)
  await closed
  await expect(page.locator('[data-step=profile_response]')).toHaveAttribute('data-status', 'done')
  await look('after a window')
  await page.getByRole('link', { name: 'Profile', exact: true }).click()
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await look('after a renewal with a bound token')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()

  const steps = ['par_request', 'authorization_response', 'token_request', 'token_response'] as const
  const toggleBreakpoints = async () => {
    await page.getByRole('button', { name: /^Breakpoints/ }).click()
    for (const step of steps)
      await page.getByRole('menuitemcheckbox', { name: explanations[step].title, exact: true }).click()
    await page.keyboard.press('Escape')
  }
  await toggleBreakpoints()
  await page.getByRole('button', { name: /^Sign in/ }).click()
  for (const step of steps) {
    if (step === 'authorization_response') await signInAtProvider(page)
    await expect(page.locator(`[data-step=${step}][data-status=paused]`)).toBeVisible()
    await look(`while a ${step} is held`)
    const held = page.getByRole('form', { name: 'Held message' })
    await held.getByRole('button', { name: /^(Send|Let it in)/ }).click()
  }
  await expect(page.getByRole('banner').getByRole('link', { name: 'Alice Åström' })).toBeVisible()
  await look('after a pause')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()

  await toggleBreakpoints()
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await goToConsent(page)
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect(page.locator('[role=alert]').first()).toBeVisible()
  await look('after a refusal')
})

test('WEB-19: an exported trace holds no secret', async ({ page, demo }) => {
  await signIn(page, demo)
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await page.route(`${demo.issuer}/token`, route => route.abort())
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('Your session waits')).toBeVisible()
  await page.getByRole('link', { name: 'Flow' }).click()
  for (const format of [/JSON/, /HAR/, /Mermaid/, /Markdown/, /SVG/]) {
    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: format }).first().click()
    const stream = await (await download).createReadStream()
    let text = ''
    for await (const part of stream) text += String(part)
    expect(text.length).toBeGreaterThan(200)
    expectNone(text, secretsOf(demo), `the export ${String(format)}`)
  }
})
