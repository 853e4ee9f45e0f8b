import { chromium, type Locator, type Page } from '@playwright/test'
import { stuckPoints } from '../src/doctor/stuck-points.test-data.ts'
import { expect, test } from './app.ts'
import type { FaultName } from './faults.ts'
import { type FaultyProvider, startFaultyProvider } from './faulty-provider.ts'
import { hostDist } from './static-host.ts'

let faulty: FaultyProvider

test.beforeAll(async () => {
  faulty = await startFaultyProvider(19_200 + test.info().parallelIndex)
})
test.afterAll(() => faulty.close())

/** What the app said at each point; printed at the end. */
const table: { point: number; title: string; told: string; fix: string }[] = []

async function tell(point: number, where: Locator): Promise<void> {
  const code = (await where.getAttribute('data-finding')) ?? (await where.getAttribute('data-cause')) ?? ''
  const title = stuckPoints.find(each => each.number === point)?.title ?? 'without a number'
  const steps = await where.locator('.doctor-path').allInnerTexts()
  const copy = await where.locator('.ui-copy-text').allInnerTexts()
  const words = (await where.allInnerTexts()).join('\n').split('\n').filter(Boolean)
  const fix =
    [...steps.map(each => each.replaceAll(/\s*, then\s*/g, ' > ')), ...copy].join(' = ') ||
    (words.at(-1) ?? '')
  table.push({ point, title, told: code, fix: fix.slice(0, 90) })
}

test.afterAll(() => {
  console.table(table.sort((a, b) => a.point - b.point))
})

const scope = 'openid profile offline_access'

/** Opens the provider page by a link, agrees to it, and waits for the doctor. */
async function examine(
  page: Page,
  app: string,
  issuer: string,
  change: Record<string, string> = {},
): Promise<void> {
  const query = new URLSearchParams({ issuer, client_id: 'pkce-lens', scope, ...change })
  await page.goto(`${app}/provider?${query}`)
  await page.getByRole('button', { name: 'Put it into the form' }).click()
  await expect(page.getByRole('button', { name: 'Copy the report' })).toBeVisible()
}

const finding = (page: Page, code: string) => page.locator(`[data-finding="${code}"]`)
const cause = (page: Page, code: string) => page.locator(`[data-cause="${code}"]`)

/** The built files on a host that knows the start page and the provider page, and answers 404 otherwise. */
const hostWithoutCallback = (port: number) =>
  hostDist(
    'dist',
    port,
    { issuer: faulty.issuer('none'), client_id: 'pkce-lens' },
    { isPage: path => path === '/' || path === '/provider' },
  )

/** The choice as the provider page stores it. */
async function chooseProvider(page: Page, app: string, issuer: string): Promise<void> {
  await page.goto(`${app}/not-a-page`)
  const choice = JSON.stringify({ issuer, client_id: 'pkce-lens', scope, preset: 'any' })
  await page.evaluate(text => localStorage.setItem('pkce-lens.provider', text), choice)
}

async function signInWith(page: Page, app: string, issuer: string): Promise<void> {
  await chooseProvider(page, app, issuer)
  await page.goto(`${app}/`)
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
}

/** From the failure to the doctor in one press. */
async function diagnosis(page: Page, code: string | RegExp): Promise<void> {
  await expect(page.locator('[role=alert][data-error-code]').first()).toHaveAttribute('data-error-code', code)
  await page.getByRole('link', { name: 'Open the diagnosis' }).click()
  await expect(page.locator('[role=alert] [data-cause]')).toBeVisible()
}

test.describe('before a sign-in', () => {
  test('a good provider: nothing to fix', async ({ page, demo }) => {
    await examine(page, demo.appOrigin, faulty.issuer('none'))
    await expect(page.locator('[data-level=fail], [data-level=warn]')).toHaveCount(0)
    expect(faulty.log.filter(each => each === 'POST /none/token')).toHaveLength(1)
  })

  const cases: readonly (readonly [number, FaultName, string, RegExp])[] = [
    [1, 'secret_wanted', 'client_secret_wanted', /Nothing in your code is wrong/],
    [2, 'confidential_client', 'client_not_public', /public client/],
    [4, 'token_without_cors', 'token_cors_blocked', /fetch blocked, server reachable/],
    [5, 'entra_web_platform', 'entra_platform_type', /App registrations/],
    [7, 'issuer_slash', 'discovery_issuer_mismatch', /one slash more at the end/],
    [8, 'issuer_pattern', 'issuer_tenant_template', /id of your tenant/],
    [10, 'discovery_without_cors', 'discovery_cors_blocked', /Paste the discovery document/],
    [10, 'keys_without_cors', 'keys_cors_blocked', /no ID token can be verified/],
    [15, 'plain_accepted', 'pkce_plain_accepted', /Demand S256/],
    [26, 'form_refused', 'token_http_error', /405/],
    [27, 'errors_with_200', 'error_with_status_200', /status 200/],
    [31, 'clock_ahead', 'clock_skew_suspected', /(599|600) s behind/],
    [34, 'logout_missing', 'logout_endpoint_missing', /stays after a sign-out/],
    [0, 'userinfo_without_cors', 'userinfo_cors_blocked', /Allow this origin/],
  ]
  test('every fault is told by its right name, with what to change', async ({ page, demo }) => {
    test.setTimeout(180_000)
    await page.goto(`${demo.appOrigin}/provider`)
    for (const [point, fault, code, words] of cases) {
      await page.getByRole('textbox', { name: 'Issuer' }).fill(faulty.issuer(fault))
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      const found = finding(page, code)
      await expect(found, fault).toContainText(words)
      await expect(page.getByRole('button', { name: 'Copy the report' })).toBeVisible()
      await tell(point, found)
    }
    // The probe of the token endpoint was sent once for each.
    expect(faulty.log.filter(each => each === 'POST /token_without_cors/token')).toHaveLength(1)
  })

  test('stuck point 7: both names are shown with the odd character marked, and one press repairs it', async ({
    page,
    demo,
  }) => {
    await examine(page, demo.appOrigin, faulty.issuer('issuer_slash'))
    await expect(page.locator('mark')).toHaveText(['\u00A0', '/'])
    await page.getByRole('button', { name: 'Use the document’s name' }).click()
    await expect(finding(page, 'issuer_equal')).toBeVisible()
  })

  test('PAR-07: pushed requests that the provider demands and does not let a page read', async ({
    page,
    demo,
  }) => {
    await examine(page, demo.appOrigin, faulty.issuer('par_without_cors'))
    await expect(finding(page, 'par_cors_blocked')).toHaveAttribute('data-level', 'fail')
    await signInWith(page, demo.appOrigin, faulty.issuer('par_without_cors'))
    await diagnosis(page, /cors|par_/)
    await expect(page.locator('[role=alert] [data-cause]')).toContainText('nobody was asked anything')
  })

  test('a host whose 404 page is the app, and one that answers with the app for every file', async ({
    page,
    demo,
  }) => {
    const app = await (await fetch(demo.appOrigin)).text()
    const html = { contentType: 'text/html', body: app }
    await page.route(`${demo.appOrigin}/callback`, route => route.fulfill({ status: 404, ...html }))
    await page.route(`${demo.appOrigin}/silent-callback.html`, route => route.fulfill(html))
    await page.goto(`${demo.appOrigin}/provider`)
    await expect(finding(page, 'callback_status')).toContainText('404 at /callback, with the app')
    await expect(finding(page, 'silent_callback_not_served')).toContainText('the app itself')
    await expect(page.locator('[data-level=fail]')).toHaveCount(0)
  })

  test('stuck point 9: the whole .well-known address was pasted', async ({ page, demo }) => {
    await page.goto(`${demo.appOrigin}/provider`)
    await page
      .getByRole('textbox', { name: 'Issuer' })
      .fill(`${faulty.issuer('none')}/.well-known/openid-configuration`)
    await expect(page.locator('[data-input-note~=issuer_well_known_pasted]')).toContainText(
      faulty.issuer('none'),
    )
    table.push({
      point: 9,
      title: 'The whole .well-known address was pasted',
      told: 'issuer_well_known_pasted',
      fix: faulty.issuer('none'),
    })
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(finding(page, 'issuer_equal')).toBeVisible()
  })

  test('stuck point 10: the pasted document is examined, and the sign-in goes on with it', async ({
    page,
    demo,
  }) => {
    const issuer = faulty.issuer('discovery_without_cors')
    await examine(page, demo.appOrigin, issuer)
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`)
    await page.getByText('Paste the discovery document and go on').click()
    await page.getByLabel(/copy all of it/).fill(await answer.text())
    await page.getByRole('button', { name: 'Go on with this' }).click()
    await expect(finding(page, 'discovery_pasted')).toHaveAttribute('data-level', 'warn')
    await expect(finding(page, 'keys_found')).toBeVisible()
    await page.getByRole('button', { name: /^Use this provider/ }).click()
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  })

  test('stuck point 10: keys that were pasted alone are enough, and hold over a reload', async ({
    page,
    demo,
  }) => {
    const issuer = faulty.issuer('keys_without_cors')
    await examine(page, demo.appOrigin, issuer)
    const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    const keys = await (await fetch(metadata.jwks_uri)).text()
    await page.getByText('Paste the key set and go on').click()
    await page.getByLabel(/copy all of it/).fill(keys)
    await page.getByRole('button', { name: 'Go on with this' }).click()
    await expect(finding(page, 'keys_found')).toHaveAttribute('data-level', 'warn')
    await page.getByRole('button', { name: /^Use this provider/ }).click()
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  })

  test('stuck point 11: a star from the provider works, because no cookies travel', async ({
    page,
    demo,
  }) => {
    await examine(page, demo.appOrigin, faulty.issuer('cors_star'))
    await expect(page.locator('[data-level=fail]')).toHaveCount(0)
    await tell(11, finding(page, 'token_readable'))
  })

  test('stuck point 17: without openid', async ({ page, demo }) => {
    await examine(page, demo.appOrigin, faulty.issuer('none'), { scope: 'profile' })
    await expect(finding(page, 'scope_openid_missing')).toContainText('Add openid')
    await tell(17, finding(page, 'scope_openid_missing'))
  })

  test('stuck point 32: offline_access is not asked for', async ({ page, demo }) => {
    await examine(page, demo.appOrigin, faulty.issuer('none'), { scope: 'openid' })
    await expect(finding(page, 'refresh_not_asked')).toContainText('Add offline_access')
  })

  test('DPOP-09: hidden headers', async ({ page, demo }) => {
    await examine(page, demo.appOrigin, faulty.issuer('headers_hidden'), { dpop: 'true' })
    await expect(finding(page, 'cors_header_not_exposed')).toContainText('Access-Control-Expose-Headers')
    await tell(0, finding(page, 'cors_header_not_exposed'))
  })

  test('stuck point 6: plain http on a name that is not localhost', async ({ launchOptions }, {
    parallelIndex,
  }) => {
    const host = await hostWithoutCallback(19_220 + parallelIndex)
    const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP lens.test localhost']
    const browser = await chromium.launch({ ...launchOptions, args })
    const page = await browser.newPage()
    await page.goto(`http://lens.test:${19_220 + parallelIndex}/provider`)
    await expect(cause(page, 'insecure_context')).toContainText('The provider is not to blame')
    await tell(6, cause(page, 'insecure_context'))
    await browser.close()
    await host.close()
  })

  test('stuck point 20: a static host that has no file at the callback', async ({ page }, {
    parallelIndex,
  }) => {
    const host = await hostWithoutCallback(19_210 + parallelIndex)
    await page.goto(`${host.origin}/provider`)
    await expect(finding(page, 'callback_not_served')).toContainText('404 at /callback')
    await tell(20, finding(page, 'callback_not_served'))
    await host.close()
  })
})

test.describe('after a failed sign-in', () => {
  const cases: readonly (readonly [number, FaultName, string | RegExp, string, RegExp])[] = [
    [1, 'secret_wanted', 'token_response_error', 'client_secret_wanted', /Nothing in your code is wrong/],
    [2, 'confidential_client', 'token_response_error', 'client_not_public', /public client/],
    [4, 'token_without_cors', /cors|token_request_failed/, 'token_cors_blocked', /The code is spent/],
    [5, 'entra_web_platform', 'token_response_error', 'entra_platform_type', /Move the address from Web/],
    [7, 'issuer_slash', 'discovery_issuer_mismatch', 'discovery_issuer_mismatch', /one slash more/],
    [8, 'issuer_pattern', 'discovery_issuer_mismatch', 'issuer_tenant_template', /id of your tenant/],
    [14, 'verifier_refused', 'token_response_error', 'grant_verifier_wrong', /PKCE verification failed/],
    [15, 'pkce_refused', 'auth_response_error', 'pkce_refused', /always sends S256/],
    [17, 'id_token_missing', 'token_response_missing_id_token', 'scope_openid_missing', /asked for: openid/],
    [23, 'code_used', 'token_response_error', 'grant_code_used_twice', /Code already used/],
    [26, 'form_refused', /token_/, 'token_request_form_refused', /405/],
    [27, 'errors_with_200', 'token_response_error', 'error_with_status_200', /bad_verification_code/],
    [31, 'clock_ahead', 'id_token_issued_in_future', 'clock_differs', /Set the clock/],
  ]
  for (const [point, fault, code, expected, words] of cases)
    test(`stuck point ${point}: ${fault} is explained as ${expected}`, async ({ page, demo }) => {
      await signInWith(page, demo.appOrigin, faulty.issuer(fault))
      await diagnosis(page, code)
      const first = page.locator('[role=alert] [data-cause]')
      await expect(first).toHaveAttribute('data-cause', expected)
      await expect(page.getByRole('alert').first()).toContainText(words)
      await tell(point, first)
    })

  test('stuck point 25: invalid_grant without a word, the six meanings ranked', async ({ page, demo }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('code_refused'))
    await diagnosis(page, 'token_response_error')
    await expect(page.locator('[data-cause]')).toHaveCount(6)
    await expect(cause(page, 'grant_code_used_twice')).toHaveAttribute('data-likelihood', 'ruled_out')
    await expect(cause(page, 'grant_verifier_wrong')).toHaveAttribute('data-likelihood', 'ruled_out')
    await expect(cause(page, 'grant_redirect_uri_differs')).toHaveAttribute('data-likelihood', 'ruled_out')
    await tell(25, cause(page, 'grant_code_expired'))
  })

  test('stuck point 24: the provider hides why it refused', async ({ page, demo }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('refusals_without_cors'))
    await diagnosis(page, /cors|token_request_failed/)
    await expect(cause(page, 'error_unreadable')).toHaveCount(1)
    await tell(24, cause(page, 'error_unreadable'))
    expect(
      faulty.log.filter(each => each === 'POST /refusals_without_cors/token').length,
    ).toBeLessThanOrEqual(2)
  })

  test('stuck point 12: an unregistered redirect address, after coming back without an answer', async ({
    page,
    demo,
  }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('redirect_unknown'))
    await expect(page.getByRole('heading', { name: 'Invalid parameter: redirect_uri' })).toBeVisible()
    await page.goto(`${demo.appOrigin}/`)
    await diagnosis(page, 'authorization_abandoned')
    const first = page.locator('[role=alert] [data-cause]')
    await expect(first).toHaveAttribute('data-cause', 'redirect_uri_not_registered')
    await expect(first).toContainText(`${demo.appOrigin}/callback`)
    await tell(12, first)
  })

  test('IDT-04: a further audience is refused, named, trusted with one press, and then it is no obstacle', async ({
    page,
    demo,
  }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('project_in_audience'))
    await diagnosis(page, 'id_token_audience_untrusted')
    await expect(cause(page, 'id_token_audience_untrusted')).toContainText('project-277')
    await page.getByRole('button', { name: 'Trust project-277' }).click()
    await expect(page.getByRole('textbox', { name: 'Trusted audiences' })).toHaveValue('project-277')
    await page.getByRole('button', { name: /^Use this provider/ }).click()
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
    // A renewal is judged by the same.
    const renew = page.getByRole('button', { name: 'Refresh token' })
    const renewed = page.waitForResponse(response => response.url().endsWith('/token'))
    await renew.click()
    await renewed
    await expect(renew).not.toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('stuck point 18: a callback that this tab did not ask for', async ({ page, demo }) => {
    await page.goto(`${demo.appOrigin}/callback?code=abc&state=def`)
    await diagnosis(page, 'auth_response_state_unknown')
    const first = page.locator('[role=alert] [data-cause]')
    await expect(first).toHaveAttribute('data-cause', 'state_of_another_tab')
    await tell(18, first)
  })

  test('stuck point 3: a secret in config.json is refused by this app, and nothing leaves', async ({
    page,
    demo,
  }) => {
    await page.route('**/config.json', route =>
      route.fulfill({ json: { ...demo.config, client_secret: 'abc' } }),
    )
    await page.goto(`${demo.appOrigin}/`)
    await diagnosis(page, 'config_secret_forbidden')
    await expect(cause(page, 'config_secret_forbidden')).toContainText('no request has left')
    await tell(3, cause(page, 'config_secret_forbidden'))
  })

  test('stuck point 13: a hash in the redirect address', async ({ page, demo }) => {
    const redirect_uri = `${demo.appOrigin}/#/callback`
    await page.route('**/config.json', route => route.fulfill({ json: { ...demo.config, redirect_uri } }))
    await page.goto(`${demo.appOrigin}/`)
    await diagnosis(page, 'config_invalid_redirect_uri')
    await expect(cause(page, 'redirect_uri_fragment')).toContainText('must not contain a fragment')
    await tell(13, cause(page, 'redirect_uri_fragment'))
  })
})

test.describe('after a sign-in', () => {
  const cases: readonly (readonly [number, FaultName, string, RegExp])[] = [
    [29, 'opaque_token', 'access_token_opaque', /on purpose/],
    [30, 'graph_token', 'access_token_not_yours', /not yours to verify/],
    [32, 'refresh_missing', 'refresh_token_missing', /seen at the last sign-in/],
  ]
  for (const [point, fault, code, words] of cases)
    test(`stuck point ${point}: ${fault} is told as ${code}`, async ({ page, demo }) => {
      await signInWith(page, demo.appOrigin, faulty.issuer(fault))
      await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
      await page.getByRole('link', { name: 'Provider' }).click()
      const found = finding(page, code)
      await expect(found).toBeVisible()
      const summary = found.locator('summary').first()
      if (await summary.count()) await summary.click()
      await expect(found).toContainText(words)
      await tell(point, found)
    })

  test('stuck point 28: the userinfo endpoint says that the audience is wrong', async ({ page, demo }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('audience_refused'))
    await expect(page.locator('[role=alert][data-error-code]')).toHaveAttribute(
      'data-error-code',
      /^(resource|userinfo)_/,
    )
    await page.getByRole('link', { name: 'Provider' }).click()
    await expect(cause(page, 'resource_audience_wrong')).toContainText('Name the API')
    await tell(28, cause(page, 'resource_audience_wrong'))
  })

  test('stuck point 33: the refresh token was spent elsewhere', async ({ page, demo }) => {
    await signInWith(page, demo.appOrigin, faulty.issuer('refresh_refused'))
    await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
    await page.getByRole('button', { name: 'Refresh token' }).click()
    await diagnosis(page, /session_expired|refresh_rejected/)
    await expect(cause(page, 'refresh_token_reused')).toContainText('a grant of its own')
    await tell(33, cause(page, 'refresh_token_reused'))
  })

  const byAddress: readonly (readonly [number, string, string, RegExp])[] = [
    [21, 'popup_opener_severed', 'popup_opener_severed', /channel of its own/],
    [12, 'silent_timeout', 'silent_callback_not_registered', /silent-callback\.html/],
    [22, 'silent_interaction_required', 'silent_cookies_hidden', /top-level redirect still works/],
    [34, 'logout_not_returned', 'logout_not_returned', /registered exactly/],
  ]
  for (const [point, code, expected, words] of byAddress)
    test(`stuck point ${point}: ${code}, when the page is opened with that failure`, async ({
      page,
      demo,
    }) => {
      await page.goto(`${demo.appOrigin}/provider?failed=${code}`)
      await expect(cause(page, expected)).toContainText(words)
      await tell(point, cause(page, expected))
    })

  test('a text in place of a failure is not shown', async ({ page, demo }) => {
    const text = 'Your account is locked. Call 555 0100'
    await page.goto(`${demo.appOrigin}/provider?${new URLSearchParams({ failed: text })}`)
    await expect(page.getByRole('button', { name: 'Copy the report' })).toBeVisible()
    await expect(page.locator('body')).not.toContainText('555 0100')
    await expect(page.locator('.doctor-failure')).toHaveCount(0)
  })

  test('stuck point 19: an old callback address is opened again, and the code is not spent twice', async ({
    page,
    demo,
  }) => {
    let callback = ''
    page.on('request', request => {
      if (request.url().includes('/callback?')) callback = request.url()
    })
    await signInWith(page, demo.appOrigin, faulty.issuer('none'))
    const name = page.getByRole('heading', { level: 1, name: 'Alice Åström' })
    await expect(name).toBeVisible()
    await page.goto(callback)
    await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
    await expect(name).toBeVisible()
    await expect(page.locator('body')).not.toContainText('invalid_grant')
    const code = new URL(callback).searchParams.get('code')
    expect(faulty.codes.filter(each => each === code)).toHaveLength(1)
    table.push({
      point: 19,
      title: 'The callback stays in the address bar',
      told: 'the code is sent once',
      fix: 'nothing to change',
    })
  })
})
