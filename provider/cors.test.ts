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
    ['another host name', { origin: 'app', host: 'evil.example' }],
  ])('is closed for %s', async (_who, headers) => {
    expect((await board({ method: 'PUT', headers, body: '{"on":["no_iss"]}' })).status).toBe(403)
    expect(demo.weaknesses.on).toEqual([])
  })

  it.each(['{', '[]', '{"on":["nonsense"]}', '{"on":"no_iss"}'])('refuses %s', async body => {
    const answer = await board({ method: 'PUT', headers: { origin: demo.appOrigin }, body })
    expect(answer.status).toBe(400)
  })
})
