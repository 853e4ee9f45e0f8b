/**
 * What the app sends, seen from the provider, and what it makes of arrivals that nobody asked for. The provider
 * is honest here unless a test says otherwise; it is used because it remembers every byte.
 */
import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { travel } from './app.ts'
import type { LoggedRequest } from './hostile/http.ts'
import type { HostileProvider } from './hostile/provider.ts'
import {
  clickSignIn,
  clickSignOut,
  configure,
  expect,
  expectPath,
  expectSignedIn,
  type Stage,
  signIn,
  test,
} from './hostile/stage.ts'
import { clientId, names } from './hostile/state.ts'
import type { Endpoint } from './hostile/switches.ts'

test.describe.configure({ mode: 'parallel' })

const to = (provider: HostileProvider, endpoint: Endpoint): LoggedRequest[] =>
  provider.requests.filter(each => each.endpoint === endpoint && each.method !== 'OPTIONS')
const form = (request: LoggedRequest | undefined): URLSearchParams => new URLSearchParams(request?.body)
const values = (requests: LoggedRequest[], name: string): string[] =>
  requests.map(({ query, body }) => query[name] ?? new URLSearchParams(body).get(name) ?? '')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
const alert = (page: Page) => page.locator('[role=alert][data-error-code]').first()

/** Begins a sign-in that waits at the provider until its link is followed. @returns the address of that link */
async function waitAtProvider(stage: Stage): Promise<string> {
  const { page, provider } = stage
  provider.set({ authorizationResponse: { by: 'link' } })
  configure(stage)
  await page.goto('/')
  await clickSignIn(page)
  return (await page.getByRole('link', { name: 'Go on' }).getAttribute('href')) ?? 'no link'
}

/** At the profile of somebody who has signed out. */
async function expectNothingLeft(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your profile is protected')
  await expect(page.locator('body')).not.toContainText(names.plain)
}

const goOn = (page: Page) => page.getByRole('link', { name: 'Go on' }).click()

test.describe('the authorization request', () => {
  test('AREQ-01 to AREQ-11, PKCE-01, PKCE-05: has what it needs and nothing else', async ({ stage }) => {
    await signIn(stage)
    const [request] = to(stage.provider, 'authorize')
    expect(request?.query).toEqual({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${stage.appOrigin}/callback`,
      scope: 'openid profile email',
      state: expect.stringMatching(/^\S{22,}$/),
      nonce: expect.stringMatching(/^[\w-]{22,}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const names = [...new URLSearchParams(request?.search).keys()]
    expect(new Set(names).size).toBe(names.length)
    expect(request?.headers).toMatchObject({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })
    expect(request?.query['state']).not.toContain('profile')
  })

  test('AREQ-05, AREQ-09, PKCE-08, IDT-16: three attempts share nothing but the address', async ({
    stage,
  }) => {
    const { page, provider } = stage
    provider.set({ authorizationResponse: { error: 'access_denied' } })
    configure(stage)
    await page.goto('/')
    for (const attempt of [1, 2, 3]) {
      await clickSignIn(page)
      await expect(alert(page)).toHaveAttribute('data-error-code', 'auth_response_access_denied')
      expect(to(provider, 'authorize')).toHaveLength(attempt)
    }
    const requests = to(provider, 'authorize')
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(values(requests, name)).size).toBe(3)
    expect(new Set(values(requests, 'redirect_uri')).size).toBe(1)
  })

  test('PAR-01, PAR-03, DPOP-12: pushed, the address shows a reference only', async ({ stage }) => {
    await signIn(stage, { par: true, dpop: true })
    const { provider } = stage
    const [front] = to(provider, 'authorize')
    expect(front?.query).toEqual({ client_id: clientId, request_uri: expect.stringMatching(/^urn:/) })
    const pushed = form(to(provider, 'par')[0])
    expect(pushed.get('code_challenge_method')).toBe('S256')
    expect(pushed.has('request_uri')).toBe(false)
    const proof = decodeProtectedHeader(to(provider, 'token')[0]?.headers['dpop'] ?? '')
    const { crv, kty, x, y } = { ...proof.jwk }
    expect(pushed.get('dpop_jkt')).toBe(sha256(JSON.stringify({ crv, kty, x, y })))
  })

  test('RES-02: the resource is named at both endpoints', async ({ stage }) => {
    await signIn(stage, { resource: 'https://api.example/v1' })
    expect(to(stage.provider, 'authorize')[0]?.query['resource']).toBe('https://api.example/v1')
    expect(form(to(stage.provider, 'token')[0]).get('resource')).toBe('https://api.example/v1')
  })
})

test.describe('the token request and what follows', () => {
  test('TOK-01, TOK-02, PKCE-03, PKCE-04, AREQ-02: one form POST with the verifier and no secret', async ({
    stage,
  }) => {
    const { page, provider, appOrigin } = stage
    // Cookies know no ports: the one of the provider must not ride along on a request by script.
    await page
      .context()
      .addCookies([{ name: 'provider_session', value: 'x', domain: 'localhost', path: '/' }])
    await signIn(stage)
    const requests = to(provider, 'token')
    expect(requests).toHaveLength(1)
    const [request] = requests
    expect(request).toMatchObject({ method: 'POST', search: '' })
    expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(request?.headers).not.toHaveProperty('cookie')
    expect(to(provider, 'authorize')[0]?.headers['cookie']).toContain('provider_session')
    expect(Object.fromEntries(form(request))).toEqual({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: `${appOrigin}/callback`,
      code: expect.stringMatching(/^code-/),
      code_verifier: expect.stringMatching(/^[\w.~-]{43,128}$/),
    })
    const verifier = form(request).get('code_verifier') ?? ''
    expect(sha256(verifier)).toBe(to(provider, 'authorize')[0]?.query['code_challenge'])
    // PKCE-07: until the exchange the verifier is nowhere to be seen.
    const others = provider.requests.filter(each => each !== request)
    expect(JSON.stringify(others)).not.toContain(verifier)
  })

  test('UINF-01, BEAR-01, BEAR-02, IDT-25: the access token is in one header and nowhere else', async ({
    stage,
  }) => {
    await signIn(stage)
    const { provider } = stage
    await expect.poll(() => to(provider, 'userinfo').length).toBe(1)
    const token = provider.secrets.find(secret => secret.startsWith('access-')) ?? 'none'
    expect(to(provider, 'userinfo')[0]?.headers['authorization']).toBe(`Bearer ${token}`)
    const seen = provider.requests.map(({ headers: { authorization: _, ...headers }, ...rest }) => [
      headers,
      rest,
    ])
    expect(JSON.stringify(seen)).not.toContain(token)
    expect(JSON.stringify(provider.requests)).not.toContain('eyJ')
  })

  test('WEB-04, TOK-04: no request tells where it came from, the form of a sign-out the origin alone', async ({
    stage,
  }) => {
    await signIn(stage)
    await clickSignOut(stage.page)
    await expectPath(stage.page, '/')
    const telling = stage.provider.requests.filter(({ headers }) => 'referer' in headers)
    expect(telling.map(({ method, headers }) => [method, headers['referer']])).toEqual([
      ['POST', `${stage.appOrigin}/`],
    ])
  })

  test('RESP-14: the callback page loads from this origin and asks the provider, nobody else', async ({
    stage,
  }) => {
    const { page, provider, appOrigin } = stage
    const origins = new Set<string>()
    page.on('request', request => origins.add(new URL(request.url()).origin))
    await signIn(stage)
    expect([...origins].sort()).toEqual([appOrigin, new URL(provider.issuer).origin].sort())
  })

  test('DPOP-01 to DPOP-04, RT-12: a new proof for each request, one key, nothing private', async ({
    stage,
  }) => {
    const { page, provider } = stage
    provider.set({ token: { expiresIn: 60 } })
    await page.clock.install()
    await signIn(stage, { dpop: true })
    await expect.poll(() => to(provider, 'userinfo').length).toBe(1)
    await page.clock.fastForward(58_000)
    await expect.poll(() => to(provider, 'refresh').length).toBe(1)
    const proofs = provider.requests.flatMap(({ headers }) => headers['dpop'] ?? [])
    expect(proofs).toHaveLength(3)
    expect(new Set(proofs.map(proof => decodeJwt(proof).jti)).size).toBe(3)
    const keys = proofs.map(proof => decodeProtectedHeader(proof).jwk)
    expect(new Set(keys.map(key => JSON.stringify(key))).size).toBe(1)
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    const [tokenProof = '', userinfoProof = ''] = proofs
    expect(decodeJwt(tokenProof)).not.toHaveProperty('ath')
    const [scheme, token = ''] = (to(provider, 'userinfo')[0]?.headers['authorization'] ?? '').split(' ')
    expect([scheme, decodeJwt(userinfoProof)['ath']]).toEqual(['DPoP', sha256(token)])
  })

  test('DPOP-11: a browser that cannot keep the key signs in all the same', async ({ stage }) => {
    const { page, provider } = stage
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The key could not be cloned.', 'DataCloneError')
      }
    })
    await signIn(stage, { dpop: true })
    await expect.poll(() => to(provider, 'userinfo').length).toBe(1)
    expect(to(provider, 'userinfo')[0]?.headers['authorization']).toMatch(/^DPoP /)
    expect(to(provider, 'authorize')[0]?.query).not.toHaveProperty('dpop_jkt')
  })

  test('RT-01, RT-02: three renewals, each refresh token in one request', async ({ stage }) => {
    const { page, provider } = stage
    const lifetime = { expiresIn: 60 }
    provider.set({ token: lifetime, refresh: lifetime })
    await page.clock.install()
    await signIn(stage)
    for (const renewals of [1, 2, 3]) {
      await page.clock.fastForward(58_000)
      await expect.poll(() => to(provider, 'refresh').length).toBe(renewals)
    }
    const requests = to(provider, 'refresh')
    expect(new Set(values(requests, 'refresh_token')).size).toBe(3)
    for (const request of requests)
      expect(Object.fromEntries(form(request))).toEqual({
        grant_type: 'refresh_token',
        client_id: clientId,
        refresh_token: expect.stringMatching(/^refresh-/),
      })
  })

  test('BEAR-04: an API that always says 401 meets one refresh and one repeat', async ({ stage }) => {
    const { page, provider } = stage
    const body = { error: 'invalid_token' }
    provider.set({
      faults: {
        profile: {
          kind: 'json',
          status: 401,
          body,
          headers: { 'www-authenticate': 'bearer error="invalid_token"' },
        },
      },
    })
    await signIn(stage, { profile_url: 'own-api' })
    await expect(alert(page)).toHaveAttribute('data-error-code', 'resource_unauthorized')
    expect([to(provider, 'profile').length, to(provider, 'refresh').length]).toEqual([2, 1])
    const tokens = to(provider, 'profile').map(({ headers }) => headers['authorization'])
    expect(new Set(tokens).size).toBe(2)
  })

  test('META-13: a key that is never published is looked for once more, past the cache', async ({
    stage,
  }) => {
    const { page, provider } = stage
    provider.set({ jwks: { rotate: 'never-published' } })
    configure(stage)
    await page.goto('/')
    await clickSignIn(page)
    await expect(alert(page)).toHaveAttribute('data-error-code', 'jwks_key_not_found')
    const away = provider.requests.findIndex(({ endpoint }) => endpoint === 'authorize')
    const afterwards = provider.requests.slice(away).filter(({ endpoint }) => endpoint === 'jwks')
    expect(afterwards).toHaveLength(2)
  })
})

test.describe('arrivals at the callback', () => {
  test('RESP-01, RESP-13: a callback of another browser spends nothing', async ({ stage, browser }) => {
    const { provider, appOrigin } = stage
    const callback = await waitAtProvider(stage)
    const context = await browser.newContext()
    const other = await context.newPage()
    await other.goto(callback)
    await expect(alert(other)).toHaveAttribute('data-error-code', 'auth_response_state_unknown')
    await other.goto(
      `${appOrigin}/callback?code=stolen&state=anything&iss=${encodeURIComponent(provider.issuer)}`,
    )
    await expect(alert(other)).toHaveAttribute('data-error-code', 'auth_response_state_unknown')
    await context.close()
    expect(to(provider, 'token')).toEqual([])
  })

  test('RESP-11: a callback that was finished is a way back to the profile, not a second exchange', async ({
    stage,
  }) => {
    const { page, provider } = stage
    const arrived = page.waitForRequest(/\/callback\?/)
    await signIn(stage)
    const callback = (await arrived).url()
    await page.goto(callback)
    await expectSignedIn(page)
    await expectPath(page, '/profile')
    await travel(page, 'back')
    await travel(page, 'forward')
    await expectSignedIn(page)
    const codes = values(to(provider, 'token'), 'code')
    expect(codes.filter(code => callback.includes(code))).toHaveLength(1)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('RESP-10: code and state are in no address that the history shows', async ({ stage }) => {
    const { page } = stage
    const addresses: string[] = []
    await signIn(stage)
    for (let step = 0; step < 3; step++) {
      addresses.push(page.url())
      await travel(page, 'back')
    }
    expect(addresses.filter(address => /code=|state=/.test(address))).toEqual([])
  })

  test('TOK-03: the code goes to the provider that gave it, whatever is configured meanwhile', async ({
    stage,
  }) => {
    const { page, provider } = stage
    await waitAtProvider(stage)
    Object.assign(stage.config, { issuer: 'http://localhost:1', client_id: 'another-client' })
    await goOn(page)
    await expectSignedIn(page)
    expect(form(to(provider, 'token')[0]).get('client_id')).toBe(clientId)
  })

  test('RESP-12: a response eleven minutes late is refused', async ({ stage }) => {
    const { page, provider } = stage
    await page.clock.install()
    await waitAtProvider(stage)
    await page.clock.fastForward(11 * 60_000)
    await goOn(page)
    await expect(alert(page)).toHaveAttribute('data-error-code', 'auth_response_transaction_expired')
    expect(to(provider, 'token')).toEqual([])
  })

  test('RESP-09: a token in the address of someone who never left is refused and wiped', async ({
    stage,
  }) => {
    const { page, provider } = stage
    configure(stage)
    await page.goto('/callback#access_token=stolen-token&token_type=Bearer&state=x')
    await expect(alert(page)).toHaveAttribute('data-error-code', 'auth_response_unexpected_token')
    expect(page.url()).not.toContain('stolen-token')
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(stored).not.toContain('stolen-token')
    expect(to(provider, 'userinfo')).toEqual([])
  })

  test('the person comes back without an answer: the app says that something was pending', async ({
    stage,
  }) => {
    const { page, provider } = stage
    provider.set({ faults: { authorize: { kind: 'html', status: 400 } } })
    configure(stage)
    await page.goto('/')
    await clickSignIn(page)
    await expect(page.getByText('Something is wrong here.')).toBeVisible()
    await page.goto('/')
    await expect(alert(page)).toHaveAttribute('data-error-code', 'authorization_abandoned')
  })

  test('AREQ-15, PKCE-08, WEB-13: the verifier is kept while the person is away, and only then', async ({
    stage,
  }) => {
    const { page, provider, appOrigin } = stage
    const stored = () =>
      page.evaluate(() => Object.entries({ ...sessionStorage, ...localStorage }).map(String))
    await waitAtProvider(stage)
    const elsewhere = await page.context().newPage()
    await elsewhere.goto(`${appOrigin}/icon.svg`)
    // A document of the app that runs no script of it, in the same tab: it sees what the tab keeps.
    await page.goto(`${appOrigin}/icon.svg`)
    const away = await stored()
    await travel(page, 'back')
    await goOn(page)
    await expectSignedIn(page)
    const verifier = form(to(provider, 'token')[0]).get('code_verifier') ?? 'none'
    const state = to(provider, 'authorize')[0]?.query['state'] ?? 'none'
    const holding = away.filter(entry => entry.includes(verifier))
    expect(holding).toHaveLength(1)
    expect(holding[0]).toContain(state)
    expect((await stored()).filter(entry => entry.includes(verifier))).toEqual([])
    const otherTab = await elsewhere.evaluate(() =>
      Object.entries({ ...sessionStorage, ...localStorage }).map(String),
    )
    expect(otherTab.filter(entry => entry.includes(verifier))).toEqual([])
  })
})

test.describe('silent frames and sign-out', () => {
  test('SIL-01, SIL-07: after a reload one hidden frame asks with prompt=none and PKCE', async ({
    stage,
  }) => {
    const { page, provider, appOrigin } = stage
    await signIn(stage)
    await page.reload()
    await expectSignedIn(page)
    const [, silent, ...more] = to(provider, 'authorize')
    expect(more).toEqual([])
    expect(silent?.headers['sec-fetch-dest']).toBe('iframe')
    expect(silent?.query).toMatchObject({
      prompt: 'none',
      redirect_uri: `${appOrigin}/silent-callback.html`,
      code_challenge_method: 'S256',
    })
    await expect(page.locator('iframe')).toHaveCount(0)
  })

  test('SIL-02, SIL-06: a refusal is not asked again', async ({ stage }) => {
    const { page, provider } = stage
    await page.clock.install()
    await signIn(stage)
    provider.set({ silent: 'login_required' })
    for (const reload of [1, 2]) {
      await page.reload()
      await expect(page.getByRole('button', { name: /^Sign in/ }).first()).toBeVisible()
      await page.clock.fastForward(300_000)
      const silent = to(provider, 'authorize').filter(({ query }) => query['prompt'] === 'none')
      // The first reload may try the frame and one redirect; from then on the hint is gone.
      expect(silent.length, `after reload ${reload}`).toBeLessThanOrEqual(2)
    }
  })

  test('SIL-06: a provider that shows a page instead of answering strands the person once, not at every reload', async ({
    stage,
  }) => {
    const { page, provider } = stage
    const silent = () => to(provider, 'authorize').filter(({ query }) => query['prompt'] === 'none')
    await page.clock.install()
    await signIn(stage)
    provider.set({ silent: 'stays' })
    await page.reload()
    await expect.poll(() => silent().length).toBe(1)
    await page.clock.fastForward(10_000)
    await expect(page).toHaveURL(/prompt=none/)
    await travel(page, 'back')
    await expect(page.getByText('Your profile is protected')).toBeVisible()
    await clickSignIn(page)
    await expectSignedIn(page)
    await page.reload()
    await expect(page.getByText('Your profile is protected')).toBeVisible()
    await expect(alert(page)).toHaveCount(0)
    expect(silent().map(({ headers }) => headers['sec-fetch-dest'])).toEqual(['iframe', 'document'])
  })

  test('SIL-03, WEB-06: messages of others do not end the wait of the frame', async ({ stage }) => {
    const { page, provider } = stage
    await page.clock.install()
    await signIn(stage)
    provider.set({ silent: 'stays' })
    await page.goto('/')
    await expect.poll(() => to(provider, 'authorize').length).toBe(2)
    const state = to(provider, 'authorize')[1]?.query['state'] ?? ''
    await page.evaluate(
      async query => {
        const message = { type: 'pkce-lens.callback', query }
        postMessage(message, location.origin)
        const sandbox = document.createElement('iframe')
        sandbox.src = '/silent-callback.html?forged=1&code=forged'
        const loaded = new Promise(resolve => sandbox.addEventListener('load', resolve))
        document.documentElement.append(sandbox)
        await loaded
        sandbox.remove()
      },
      `?code=forged&state=${state}&iss=${encodeURIComponent(provider.issuer)}`,
    )
    // What they said was heard, and passed over, when the frame has been given up.
    await page.clock.fastForward(10_000)
    await expect(page.locator('iframe')).toHaveCount(0)
    expect(values(to(provider, 'token'), 'code').filter(code => code === 'forged')).toEqual([])
    await expect(alert(page)).toHaveCount(0)
  })

  test('LOUT-02 to LOUT-06, REV-01, REV-02: tokens go back, then a form POST without a trace in the address', async ({
    stage,
  }) => {
    const { page, provider, appOrigin } = stage
    await signIn(stage)
    await clickSignOut(page)
    await expectPath(page, '/')
    const revoked = to(provider, 'revoke').map(request => Object.fromEntries(form(request)))
    expect(revoked).toEqual([
      { client_id: clientId, token_type_hint: 'refresh_token', token: expect.stringMatching(/^refresh-/) },
      { client_id: clientId, token_type_hint: 'access_token', token: expect.stringMatching(/^access-/) },
    ])
    const [goodbye] = to(provider, 'end_session')
    expect(goodbye).toMatchObject({ method: 'POST', search: '' })
    // A server that checks CORS on every request refuses `null`.
    expect(goodbye?.headers).toMatchObject({ origin: appOrigin, referer: `${appOrigin}/` })
    expect(Object.fromEntries(form(goodbye))).toEqual({
      id_token_hint: expect.stringMatching(/^eyJ/),
      client_id: clientId,
      post_logout_redirect_uri: `${appOrigin}/`,
      state: expect.stringMatching(/^\S{22,}$/),
    })
    expect(provider.secrets).toContain(form(goodbye).get('id_token_hint'))
    await travel(page, 'back')
    await expectNothingLeft(page)
    await page.reload()
    await expectNothingLeft(page)
  })

  test('LOUT-06: to a provider that takes no form, by an address without the ID token', async ({ stage }) => {
    const { page, provider, appOrigin } = stage
    await signIn(stage, { end_session_method: 'get' })
    await clickSignOut(page)
    await expectPath(page, '/')
    const [goodbye] = to(provider, 'end_session')
    expect(goodbye?.method).toBe('GET')
    expect(Object.fromEntries(new URLSearchParams(goodbye?.search))).toEqual({
      client_id: clientId,
      post_logout_redirect_uri: `${appOrigin}/`,
      state: expect.stringMatching(/^\S{22,}$/),
    })
  })
})
