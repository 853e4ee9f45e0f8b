import { expect, goToConsent, signIn, signInAtProvider, test, travel } from './app.ts'

test('RESP-11: the provider sees one token request, the keys beside it, then one profile request', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await goToConsent(page)
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
  const before = demo.log.entries.length
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  const seen = demo.log.entries
    .slice(before)
    .filter(({ origin, path }) => origin === demo.appOrigin && !path.startsWith('/interaction'))
    .map(({ method, path }) => `${method} ${path}`)
    .filter(line => !line.startsWith('OPTIONS'))
  expect(seen.toSorted()).toEqual(['GET /jwks', 'GET /user/profile', 'POST /token'])
  expect(seen.at(-1)).toBe('GET /user/profile')
})

test('RESP-10: code and state leave the address bar and the history', async ({ page, demo }) => {
  const shown: string[] = []
  page.on('framenavigated', frame => shown.push(frame.url()))
  await signIn(page, demo)
  const callback = shown.find(url => url.includes('/callback?'))
  expect(callback).toContain('code=')
  const history = await page.evaluate(() => navigation.entries().map(entry => entry.url))
  expect(history.join(' ')).not.toMatch(/[?&](code|state)=/)
  expect(page.url()).not.toMatch(/code=|state=/)
})

test('Back and Reload on a finished callback are a success', async ({ page, demo }) => {
  const callbacks: string[] = []
  page.on('request', request => {
    if (request.url().includes('/callback?')) callbacks.push(request.url())
  })
  const before = demo.log.entries.length
  const codes = () =>
    demo.log.entries.slice(before).flatMap(({ path, form }) => (path === '/token' ? form.getAll('code') : []))
  const expectSuccess = async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
    await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
    await expect(page.locator('[role=alert]')).toHaveCount(0)
  }
  await signIn(page, demo)
  // The person pastes or reopens the very callback address.
  await page.goto(callbacks[0] ?? '')
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
  await expectSuccess()
  // The session came back through the silent frame with a code of its own; the old code was never sent again.
  expect(codes()).toHaveLength(2)
  await travel(page, 'back')
  await expectSuccess()
  await page.reload()
  await expectSuccess()
  expect(new Set(codes()).size).toBe(codes().length)
})

test('RESP-13: a callback that this browser did not start is refused, and nothing is sent', async ({
  page,
  demo,
}) => {
  const before = demo.log.entries.length
  await page.goto(
    `${demo.appOrigin}/callback?code=stolen&state=foreign&iss=${encodeURIComponent(demo.issuer)}`,
  )
  await expect(page.locator('[role=alert]')).toHaveAttribute('data-error-code', 'auth_response_state_unknown')
  expect(page.url()).toBe(`${demo.appOrigin}/callback`)
  expect(demo.log.entries.slice(before).filter(({ path }) => path === '/token')).toEqual([])
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInAtProvider(page)
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
})

test('RESP-09: a token in the fragment is wiped and refused', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/callback#access_token=leaked-token&token_type=Bearer`)
  await expect(page.locator('[role=alert]')).toHaveAttribute(
    'data-error-code',
    'auth_response_unexpected_token',
  )
  expect(page.url()).not.toContain('leaked-token')
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
  expect(stored).not.toContain('leaked-token')
})

test('PKCE-07: the verifier is in session storage only while the person is away', async ({ page, demo }) => {
  const keys = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter(key => key.startsWith('pkce-lens.transaction')))
  await page.goto(`${demo.appOrigin}/`)
  expect(await keys()).toEqual([])
  await signIn(page, demo)
  expect(await keys()).toEqual([])
  const verifiers = demo.log.entries.flatMap(({ form }) => form.getAll('code_verifier'))
  expect(verifiers.length).toBeGreaterThan(0)
  const everything = await page.evaluate(() =>
    JSON.stringify([
      { ...sessionStorage },
      { ...localStorage },
      document.cookie,
      document.documentElement.outerHTML,
      location.href,
    ]),
  )
  for (const verifier of verifiers) expect(everything).not.toContain(verifier)
  for (const secret of demo.secrets.values) expect(everything).not.toContain(secret)
})
