import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from './demo.ts'
import { ask, freshTokens, refresh, startTestDemo } from './test-client.ts'
import { Visitor } from './visitor.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo()
})
afterAll(() => demo.close())

const signOut = (parameters: Readonly<Record<string, string>>) => `/logout?${new URLSearchParams(parameters)}`
const wayBack = () => ({ post_logout_redirect_uri: `${demo.appOrigin}/`, state: 'bye' })
const isSignedIn = async (visitor: Visitor) =>
  (await visitor.open(ask(demo, { prompt: 'none' }).url)).url.searchParams.has('code')

describe('"Stay signed in"', () => {
  it.each([
    ['without an address to return to', () => ({})],
    ['with one', wayBack],
  ])('%s: takes nothing away, says so, and leads back to the app', async (_, more) => {
    const { refreshToken, visitor } = await freshTokens(demo)
    const question = await visitor.open(signOut({ client_id: 'pkce-lens', ...more() }))
    const stayed = await visitor.submit(question, '/logout/confirm')
    expect(stayed).toMatchObject({ left: false, status: 200 })
    expect(stayed.text).toContain('<h1>You are still signed in</h1>')
    expect(stayed.text).toContain(`href="${demo.appOrigin}/"`)
    expect(await isSignedIn(visitor)).toBe(true)
    expect((await refresh(demo, refreshToken)).status).toBe(200)
  })

  it('is no last word: "Sign out" on the same page still ends the session', async () => {
    const { refreshToken, visitor } = await freshTokens(demo)
    const question = await visitor.open(signOut({ client_id: 'pkce-lens' }))
    await visitor.submit(question, '/logout/confirm')
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(question.text)?.[1] ?? ''
    const gone = await visitor.open('/logout/confirm', new URLSearchParams({ xsrf, logout: 'yes' }))
    expect(gone.text).toContain('<h1>You are signed out</h1>')
    expect(await isSignedIn(visitor)).toBe(false)
    expect((await refresh(demo, refreshToken)).json['error']).toBe('invalid_grant')
  })
})

describe('where nothing has to be asked, no page is shown', () => {
  it('a sign-out without a session here returns to the app', async () => {
    const { idToken, visitor } = await freshTokens(demo)
    for (const _time of ['first', 'second']) {
      const back = await visitor.open(signOut({ id_token_hint: idToken, ...wayBack() }))
      expect(back.url.href).toBe(`${demo.appOrigin}/?state=bye`)
    }
  })

  it('of somebody who never was here ends at a page of ours', async () => {
    const { text, url } = await new Visitor(demo.issuer).open(signOut({ client_id: 'pkce-lens' }))
    expect(url.pathname).toBe('/logout/success')
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('<h1>You are signed out</h1>')
  })

  it('somebody else may answer prompt=login: the first session ends on the way to the consent page', async () => {
    const { refreshToken, visitor } = await freshTokens(demo)
    const page = await visitor.open(ask(demo, { prompt: 'login' }).url)
    const consent = await visitor.submit(page, '/login', { login: 'bob', password: 'password' })
    expect(consent.text).toContain('بوب حداد')
    expect((await refresh(demo, refreshToken)).json['error']).toBe('invalid_grant')
    expect((await visitor.submit(consent, '/consent')).url.searchParams.has('code')).toBe(true)
  })
})

it('the page after a sign-out says what is true, whoever opens it', async () => {
  const { visitor } = await freshTokens(demo)
  expect((await visitor.open('/logout/success')).text).toContain('<h1>You are still signed in</h1>')
  expect((await new Visitor(demo.issuer).open('/logout/success')).text).toContain(
    '<h1>You are signed out</h1>',
  )
})
