import { describe, expect, test } from 'vitest'
import { examine } from './doctor.ts'
import { configOf, findings, type Scene } from './examined.test-data.ts'
import {
  issuer,
  json,
  type Route,
  scriptedProbe,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'

async function told(route: Route, scene: Scene = {}) {
  const found = [...(await findings(route, scene)).values()]
  return found.filter(each => each.question === 'userinfo_cors')
}

const api = { config: { profile_url: 'https://api.example/me?full=1' } }
const apiAnswers =
  (answer: () => Response): Route =>
  request =>
    request.url.startsWith('https://api.example/me') ? answer() : withPaths({ userinfo: 'cors' })(request)

describe('UINF-01: a made-up token at the userinfo endpoint', () => {
  test.each([
    [401, '', {}],
    [403, '', {}],
    [400, '{"error":"invalid_token"}', {}],
    [400, '', { 'www-authenticate': 'Bearer' }],
  ])('%d %j is a refusal', async (status, body, headers) => {
    const answer = () => new Response(body, { status, headers: new Headers(Object.entries(headers)) })
    const found = await told(withPaths({ userinfo: answer }))
    expect(found.map(each => [each.code, each.level])).toEqual([['userinfo_readable', 'pass']])
    expect(found[0]?.why).toContain('A wrong token was refused')
  })

  test.each([
    [404, 'userinfo_http_error', /nothing at the address/],
    [400, 'userinfo_http_error', /strangely/],
    [405, 'userinfo_http_error', /strangely/],
    [503, 'userinfo_http_error', /strangely/],
    [200, 'userinfo_token_not_checked', /made-up token/],
  ] as const)('%d is none', async (status, code, title) => {
    const found = await told(withPaths({ userinfo: () => new Response('<html>', { status }) }))
    expect(found.map(each => [each.code, each.level])).toEqual([[code, 'warn']])
    expect(found[0]?.title).toMatch(title)
    expect(found[0]?.seen).toBe(`${status} at id.example.com/realms/lens/userinfo`)
    expect(found[0]?.why).not.toContain('was refused')
  })
})

describe('META-14: the profile is read from an API of its own', () => {
  test('that is asked, and the userinfo endpoint is not', async () => {
    const ports = scriptedProbe(apiAnswers(() => json({}, 401)))
    await examine({ config: configOf(api.config), ports })
    const asked = ports.requests.filter(each => new Headers(each.init.headers).has('authorization'))
    expect(asked.map(each => `${each.method} ${each.url}`)).toEqual(['GET https://api.example/me?full=1'])
    expect(new Headers(asked[0]?.init.headers).get('authorization')).toBe('Bearer no-token')
  })

  test.each([
    [401, 'profile_readable', 'pass'],
    [404, 'profile_http_error', 'warn'],
    [200, 'profile_token_not_checked', 'warn'],
  ] as const)('%d: %s, and the address is named', async (status, code, level) => {
    const found = await told(
      apiAnswers(() => new Response('', { status })),
      api,
    )
    expect(found.map(each => [each.code, each.level])).toEqual([[code, level]])
    expect(found[0]?.seen).toContain('at api.example/me')
  })

  test('CORS is put right there, and not in the console of the provider', async () => {
    const route: Route = request =>
      request.url.startsWith('https://api.example/') ? 'cors' : withPaths({})(request)
    const [first] = await told(route, { config: { ...api.config, dpop: true } })
    expect(first).toMatchObject({ code: 'profile_cors_blocked', level: 'fail' })
    expect(first?.fix).toMatchObject({ consolePath: [], copy: 'https://app.example' })
    expect(first?.fix?.text).toBe(
      'Let api.example allow this origin, with the headers DPoP and Authorization.',
    )
  })

  test('a userinfo endpoint is then not missed', async () => {
    const route: Route = request =>
      request.url.startsWith('https://api.example/')
        ? json({}, 401)
        : withMetadata({ userinfo_endpoint: undefined })(request)
    expect((await told(route, api)).map(each => each.code)).toEqual(['profile_readable'])
    expect((await told(route)).map(each => each.code)).toEqual(['userinfo_missing'])
  })

  test('META-07: an address that may have come in a link leads to nothing on this computer', async () => {
    const ports = scriptedProbe()
    const profile_url = 'http://localhost:2375/me'
    const found = await examine({ config: configOf({ profile_url }), ports })
    expect(ports.requests.filter(each => each.url.includes('localhost'))).toEqual([])
    expect(found.find(each => each.code === 'profile_not_asked')).toMatchObject({
      level: 'later',
      seen: `not asked: ${profile_url}`,
    })
    expect(found.some(each => each.seen.includes(`${issuer}/userinfo`))).toBe(false)
  })
})
