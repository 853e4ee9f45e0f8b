import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from './demo.ts'
import { startTestDemo } from './test-client.ts'

const second = 'http://localhost:4711'
let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo({ extraAppOrigins: [second] })
})
afterAll(() => demo.close())

const readable = [
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/jwks'],
  ['POST', '/token'],
  ['GET', '/userinfo'],
  ['POST', '/revoke'],
  ['POST', '/par'],
] as const

const allowOrigin = (answer: Response) => answer.headers.get('access-control-allow-origin')

describe.each(readable)('META-14: %s %s', (method, path) => {
  const request = (origin: string) => fetch(demo.issuer + path, { method, headers: { origin } })

  it('may be read by the app, on each of its origins, errors included', async () => {
    for (const origin of [demo.appOrigin, second]) {
      const answer = await request(origin)
      expect(allowOrigin(answer)).toBe(origin)
      expect(answer.headers.get('access-control-expose-headers')).toBe(
        'WWW-Authenticate, DPoP-Nonce, Retry-After, Date',
      )
      expect(answer.headers.get('vary')).toContain('Origin')
    }
  })

  it('may not be read by anybody else', async () => {
    const answer = await request('https://evil.example')
    expect([...answer.headers.keys()].filter(name => name.startsWith('access-control-'))).toEqual([])
  })

  it('answers a preflight with a time for which it holds', async () => {
    const preflight = (origin: string) =>
      fetch(demo.issuer + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'dpop',
        },
      })
    const answer = await preflight(demo.appOrigin)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toContain(method)
    expect(answer.headers.get('access-control-allow-headers')).toContain('dpop')
    expect(Number(answer.headers.get('access-control-max-age'))).toBeGreaterThan(600)
    expect(allowOrigin(await preflight('https://evil.example'))).toBeNull()
  })
})

describe('elsewhere', () => {
  it.each([60_000, 1_000_000])(
    'META-14: a form of %i characters is refused so that the app can read it',
    async size => {
      const answer = await fetch(`${demo.issuer}/token`, {
        method: 'POST',
        headers: { origin: demo.appOrigin },
        body: new URLSearchParams({ grant_type: 'x'.repeat(size) }),
      })
      expect([answer.status, allowOrigin(answer)]).toEqual([413, demo.appOrigin])
      expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
    },
  )

  it.each(['/jwks', '/token', '/assets/provider.css', '/demo/weaknesses', '/'])(
    'nobody guesses the type of %s',
    async path => {
      const answer = await fetch(demo.issuer + path)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  it('RFC 9700 §2.6: the authorization endpoint is never readable', async () => {
    expect(
      allowOrigin(await fetch(`${demo.issuer}/authorize`, { headers: { origin: demo.appOrigin } })),
    ).toBeNull()
    const preflight = await fetch(`${demo.issuer}/authorize`, {
      method: 'OPTIONS',
      headers: { origin: demo.appOrigin },
    })
    expect(allowOrigin(preflight)).toBeNull()
  })

  it('the API opens for the app only, and its preflight holds for a while', async () => {
    const refused = await fetch(demo.profileUrl, { headers: { origin: demo.appOrigin } })
    expect(allowOrigin(refused)).toBe(demo.appOrigin)
    const preflight = await fetch(demo.profileUrl, { method: 'OPTIONS', headers: { origin: demo.appOrigin } })
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type, dpop')
    expect(Number(preflight.headers.get('access-control-max-age'))).toBeGreaterThan(600)
    expect(
      allowOrigin(await fetch(demo.profileUrl, { headers: { origin: 'https://evil.example' } })),
    ).toBeNull()
  })
})

describe('the switchboard of the weaknesses', () => {
  const board = (init: RequestInit) => fetch(`${demo.issuer}/demo/weaknesses`, init)

  it('is read and set by a page of the app', async () => {
    const headers = { origin: demo.appOrigin, 'content-type': 'application/json' }
    const set = await board({ method: 'PUT', headers, body: JSON.stringify({ on: ['no_iss'] }) })
    expect(set.status).toBe(200)
    const list: unknown = await (await board({ headers })).json()
    expect(list).toMatchObject({
      weaknesses: expect.arrayContaining([expect.objectContaining({ id: 'no_iss', on: true, checks: [17] })]),
    })
    expect(demo.weaknesses.on).toEqual(['no_iss'])
    await board({ method: 'PUT', headers, body: JSON.stringify({ on: [] }) })
    expect(demo.weaknesses.on).toEqual([])
  })

  it.each([
    ['no origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
  ])('is closed for %s', async (_who, headers) => {
    expect((await board({ method: 'PUT', headers, body: '{"on":["no_iss"]}' })).status).toBe(403)
    expect(demo.weaknesses.on).toEqual([])
  })

  // By node:http, for fetch sends no Host but its own.
  const putAt = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { origin: demo.appOrigin, host }
      const sent = request(`${demo.issuer}/demo/weaknesses`, { method: 'PUT', headers }, answer => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.once('error', reject)
      sent.end('{"on":[]}')
    })

  it('is closed under another host name, as after DNS rebinding', async () => {
    const { port } = new URL(demo.issuer)
    expect(await putAt(`localhost:${port}`)).toBe(200)
    expect(await putAt(`evil.example:${port}`)).toBe(403)
  })

  it('RFC 9110 §15.5.6: says which methods there are', async () => {
    const answer = await board({ method: 'DELETE', headers: { origin: demo.appOrigin } })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PUT, OPTIONS'])
  })

  it.each(['{', '[]', '{"on":["nonsense"]}', '{"on":"no_iss"}'])('refuses %s', async body => {
    const answer = await board({ method: 'PUT', headers: { origin: demo.appOrigin }, body })
    expect(answer.status).toBe(400)
  })
})
