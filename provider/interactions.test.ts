import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from './demo.ts'
import {
  ask,
  call,
  codeOf,
  exchange,
  freshTokens,
  member,
  refresh,
  startTestDemo,
  walk,
} from './test-client.ts'
import { type Shown, Visitor } from './visitor.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo()
})
afterAll(() => demo.close())

const arrive = async (changes = {}): Promise<{ visitor: Visitor; page: Shown }> => {
  const visitor = new Visitor(demo.issuer)
  return { visitor, page: await visitor.open(ask(demo, changes).url) }
}
const signIn = (visitor: Visitor, page: Shown, login: string, password = 'password') =>
  visitor.submit(page, '/login', { login, password })

describe('sign-in page', () => {
  it('says where the person is, who lives here, and with which password', async () => {
    const { page } = await arrive()
    const text = page.text.replace(/<[^>]+>/g, '')
    expect(text).toContain('You are now at the authorization server. Look at the address bar:')
    expect(text).toContain(new URL(demo.issuer).host)
    expect(text).toMatch(/alice and bob. Both have the password password/)
  })

  it.each(['/', '/nothing-here', '/logout/success'])(
    'the page %s speaks of no form, for it has none',
    async path => {
      const { text } = await new Visitor(demo.issuer).open(path)
      expect(text).not.toContain('<form')
      expect(text).toContain('<a class="skip" href="#main">')
      expect(text).not.toMatch(/the form/)
    },
  )

  it('has labels, autocomplete and no script of its own', async () => {
    const { page } = await arrive()
    expect(page.text).toMatch(/<label for="login">[\s\S]*autocomplete="username"/)
    expect(page.text).toMatch(/<label for="password">[\s\S]*autocomplete="current-password"/)
    expect(page.text).not.toContain('<script')
  })

  it('cannot be framed, and its forms lead to the app only', async () => {
    const { headers } = (await arrive()).page
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('content-security-policy')).toContain(`form-action 'self' ${demo.appOrigin}`)
  })

  it('a wrong password gives a summary that links to the field; the name stays as text', async () => {
    const { page, visitor } = await arrive()
    const again = await signIn(visitor, page, '"><b>alice', 'wrong')
    expect(again.text).toMatch(/role="alert"[\s\S]*href="#login"/)
    expect(again.text).toContain('value="&quot;&gt;&lt;b&gt;alice"')
    expect(again.text).toContain('aria-invalid="true"')
    expect((await signIn(visitor, again, 'Alice ')).text).toContain('Allow PKCE Lens?')
  })

  it('its address after a wrong password, opened anew, leads to the form again', async () => {
    const { page, visitor } = await arrive()
    const again = await visitor.open((await signIn(visitor, page, 'alice', 'wrong')).url)
    expect([again.url.href, again.status]).toEqual([page.url.href, 200])
    expect(again.text).toContain('id="password"')
    for (const action of ['consent', 'deny', 'forget'])
      expect((await visitor.open(`${page.url.pathname}/${action}`)).url.href).toBe(page.url.href)
  })

  it.each([
    ['', 'GET, HEAD'],
    ['/login', 'GET, HEAD, POST'],
  ])(
    'RFC 9110 §15.5.6: another method at /interaction/…%s is told which ones there are',
    async (end, allow) => {
      const { page } = await arrive()
      const answer = await fetch(`${page.url.href}${end}`, { method: 'PUT' })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    },
  )

  it('fills in the login_hint', async () => {
    expect((await arrive({ login_hint: 'bob' })).page.text).toContain('value="bob" autocomplete')
  })

  it('can be left: the app hears access_denied', async () => {
    const { page, visitor } = await arrive()
    const back = await visitor.submit(page, '/deny')
    expect(back.url.searchParams.get('error')).toBe('access_denied')
    expect(back.url.searchParams.get('iss')).toBe(demo.issuer)
  })

  it('a form of another page is refused', async () => {
    const { page } = await arrive()
    const answer = await fetch(`${page.url.href}/login`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ login: 'alice', password: 'password' }),
    })
    expect(answer.status).toBe(403)
  })

  it('a sign-in of another browser is an error page with a way on', async () => {
    const { page } = await arrive()
    const stranger = await new Visitor(demo.issuer).open(page.url)
    expect(stranger.status).toBe(400)
    expect(stranger.text).toContain('data-error-code="session_not_found"')
    expect(stranger.text).toContain(`href="${demo.appOrigin}/"`)
  })
})

describe('consent page', () => {
  it('names each scope in words and shows a name in any script', async () => {
    const { page, visitor } = await arrive()
    const consent = await signIn(visitor, page, 'bob')
    expect(consent.text).toContain('<strong dir="auto">بوب حداد</strong>')
    for (const words of [
      'Know who you are',
      'See your name and picture',
      'Read your profile at the demo API',
    ])
      expect(consent.text).toContain(words)
  })

  it('AUTHZ: Deny answers access_denied with the state', async () => {
    const { page, visitor } = await arrive({ state: 'kept' })
    const back = await visitor.submit(await signIn(visitor, page, 'alice'), '/deny')
    expect(back.url.searchParams.get('error')).toBe('access_denied')
    expect(back.url.searchParams.get('state')).toBe('kept')
  })

  it('"Forget who I am" ends the session and asks again who is there', async () => {
    const { page, visitor } = await arrive()
    const login = await visitor.submit(await signIn(visitor, page, 'alice'), '/forget')
    expect(login.text).toContain('id="password"')
    const consent = await signIn(visitor, login, 'bob')
    const back = await visitor.submit(consent, '/consent')
    expect(back.url.searchParams.get('code')).not.toBeNull()
  })

  it('"Forget who I am" keeps every parameter but those that name the person', async () => {
    const { idToken } = await freshTokens(demo)
    const hints = { login_hint: 'alice', id_token_hint: idToken }
    const { url } = ask(demo, { scope: 'openid read_profile', ...hints })
    for (const resource of [demo.apiOrigin, `${demo.apiOrigin}/other-api`])
      url.searchParams.append('resource', resource)
    const visitor = new Visitor(demo.issuer)
    const login = await visitor.submit(await signIn(visitor, await visitor.open(url), 'alice'), '/forget')
    expect(login.text).toContain('id="login" name="login" type="text" value=""')
    const again = demo.log.entries.findLast(({ path }) => path === '/authorize')?.query
    for (const name of Object.keys(hints)) url.searchParams.delete(name)
    expect([...(again ?? [])].sort()).toEqual([...url.searchParams].sort())
  })

  it.each([
    ['a JWT', 'openid profile email read_profile'],
    ['an opaque token', 'openid profile'],
  ])('"Allow" in a second tab takes nothing from the first one, which has %s', async (_, scope) => {
    const visitor = new Visitor(demo.issuer)
    const asked = [ask(demo, { scope }), ask(demo, { scope })] as const
    const forms = [await visitor.open(asked[0].url), await visitor.open(asked[1].url)] as const
    const first = await signIn(visitor, forms[0], 'alice')
    const second = await signIn(visitor, forms[1], 'alice')
    const tokens = await exchange(demo, asked[0], codeOf(await visitor.submit(first, '/consent')))
    const later = await exchange(demo, asked[1], codeOf(await visitor.submit(second, '/consent')))
    expect(later.status).toBe(200)
    const address = scope.includes('read_profile') ? demo.profileUrl : `${demo.issuer}/userinfo`
    expect((await call(address, demo, `Bearer ${member(tokens, 'access_token')}`)).status).toBe(200)
    expect((await refresh(demo, member(tokens, 'refresh_token'))).status).toBe(200)
  })

  it('asks once, then only for what is new; earlier tokens stay good', async () => {
    const { refreshToken, visitor } = await freshTokens(demo)
    const silent = await visitor.open(ask(demo, { prompt: 'none' }).url)
    expect(silent.url.searchParams.get('code')).not.toBeNull()
    const asked = ask(demo, { scope: 'openid read_profile read_orders' })
    const stepUp = await visitor.open(asked.url)
    expect(stepUp.text).toContain('Read your orders at the demo API')
    expect(stepUp.text).toContain('You allowed 2 more before')
    const tokens = await exchange(demo, asked, codeOf(await visitor.submit(stepUp, '/consent')))
    expect(tokens.json['scope']).toBe('read_profile read_orders')
    const form = { grant_type: 'refresh_token', client_id: 'pkce-lens', refresh_token: refreshToken }
    expect(
      (await fetch(`${demo.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })).status,
    ).toBe(200)
  })

  it('prompt=select_account shows the accounts', async () => {
    const { visitor } = await freshTokens(demo)
    const page = await visitor.open(ask(demo, { prompt: 'select_account' }).url)
    expect(page.text).toContain('Demo accounts')
    expect((await signIn(visitor, page, 'alice')).left).toBe(true)
  })

  it('offline_access is granted when consent is asked for', async () => {
    const asked = ask(demo, { scope: 'openid offline_access', prompt: 'consent' })
    const tokens = await exchange(demo, asked, codeOf(await walk(new Visitor(demo.issuer), asked.url)))
    expect(tokens.json['scope']).toBe('openid offline_access')
  })
})
