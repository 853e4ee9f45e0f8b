import { describe, expect, test } from 'vitest'
import { presetById } from '../presets/presets.ts'
import { findings, type Scene } from './examined.test-data.ts'
import { goodMetadata, json, type Route, withPaths } from './scripted-probe.test-data.ts'

const any = { preset: presetById('any') }
const basic = ['client_secret_basic']

/** A provider whose token endpoint answers this, and whose document lists these methods. */
const answering = (answer: () => Response, methods: readonly string[] | undefined = ['none']): Route =>
  withPaths({
    token: answer,
    '.well-known/openid-configuration': () =>
      json({ ...goodMetadata, token_endpoint_auth_methods_supported: methods }),
  })

const refusing = (error: string, error_description?: string, methods?: readonly string[]) =>
  answering(() => json({ error, error_description }, 400), methods)

async function told(route: Route, scene: Scene = any) {
  const found = [...(await findings(route, scene)).values()]
  return found.filter(each => each.question === 'public_client')
}

describe('META-11: no secret is asked for', () => {
  test.each([
    ['invalid_request', 'missing required parameter(s) code'],
    ['invalid_request', 'Missing parameter: code'],
    ['invalid_request', undefined],
    ['invalid_grant', 'The provided authorization grant is invalid'],
    ['bad_verification_code', 'incorrect or expired'],
  ])('only the code was missed: %s, %s', async (error, description) => {
    const [first] = await told(refusing(error, description))
    expect(first).toMatchObject({ code: 'public_client', level: 'pass', seen: error })
    expect(first?.why).toContain('missing code and not about the client')
  })

  test.each([
    ['invalid_dpop_proof', 'The proof is no JWT'],
    ['invalid_request', 'DPoP proof is missing for this authorization code request'],
    ['invalid_request', 'Missing parameter: audience'],
    ['unsupported_grant_type', 'authorization_code'],
    ['invalid_request', 'error code 4711: client authentication'],
    ['invalid_request', 'the authorization code flow is disabled'],
    ['server_error', undefined],
  ])('something else was missed, which shows nothing: %s, %s', async (error, description) => {
    const found = await told(refusing(error, description))
    expect(found.map(each => [each.code, each.level, each.seen])).toEqual([
      ['public_client_unknown', 'later', error],
    ])
    expect(found[0]?.why).toContain('Only a sign-in shows')
  })

  test('a list that leaves out none, and the code looked at first: only a sign-in shows', async () => {
    const route = refusing('invalid_request', 'Missing required parameter: code', basic)
    const [first] = await told(route)
    expect(first).toMatchObject({ code: 'public_client_unknown', level: 'later' })
    expect(first?.why).toMatch(/looked at the code first.*Only a sign-in/)
    // Keycloak leaves it out too, and looks at the client first.
    const [keycloak] = await told(route, { preset: presetById('keycloak') })
    expect(keycloak).toMatchObject({ code: 'public_client', level: 'pass' })
  })

  test.each([
    [401, '', '401 without a reason'],
    [403, ' <!doctype html><title>Blocked</title>', '403, a web page'],
    [401, '{"message":"no"}', '401 without a reason'],
  ])('%d with %j is no welcome', async (status, body, seen) => {
    const [first] = await told(answering(() => new Response(body, { status })))
    expect(first).toMatchObject({ code: 'public_client_unknown', level: 'later', seen })
    // Spring answers so, and the gap in its list is told.
    const [gap] = await told(answering(() => new Response(body, { status }), basic))
    expect(gap?.code).toBe('discovery_public_client_not_advertised')
  })

  test('when nobody says anything, that is said', async () => {
    const silent = (methods: unknown): Route =>
      withPaths({
        token: 'cors',
        '.well-known/openid-configuration': () =>
          json({ ...goodMetadata, token_endpoint_auth_methods_supported: methods }),
      })
    expect((await told(silent(undefined)))[0]).toMatchObject({ level: 'later', seen: 'not said' })
    expect((await told(silent(['none'])))[0]).toMatchObject({ level: 'pass', seen: 'method none' })
  })
})

describe('META-11: words of the provider that are about the client', () => {
  const unauthorized = answering(() =>
    json({ error: 'access_denied', error_description: 'Unauthorized' }, 401),
  )

  test('Auth0 says access_denied, and means that it wants a secret', async () => {
    const [first] = await told(unauthorized, { preset: presetById('auth0') })
    expect(first).toMatchObject({ code: 'client_not_public', level: 'fail', stops: true })
    expect(first?.why).toBe('access_denied with status 401: the application asks for a secret.')
    expect(first?.fix?.consolePath).toEqual(['Applications', 'pkce-lens', 'Settings', 'Application Type'])
  })

  test('of another provider they are no pass either', async () => {
    expect((await told(unauthorized))[0]).toMatchObject({ level: 'later', seen: 'access_denied' })
  })
})

describe('META-11: a provider that refuses every page', () => {
  const codeFirst = refusing('invalid_request', 'Missing required parameter: code')
  const { deadEnd } = presetById('google')

  test('it is told whatever the token endpoint says, with what to do instead', async () => {
    const found = await told(codeFirst, { preset: presetById('google') })
    expect(found.map(each => each.code)).toEqual(['provider_dead_end'])
    expect(found[0]).toMatchObject({
      level: 'fail',
      stops: true,
      title: 'Google does not work from a page alone',
      why: deadEnd?.refusal,
    })
    for (const each of deadEnd?.instead ?? []) expect(found[0]?.fix?.text).toContain(each)
  })

  test('it is known by its issuer, also where it has no document', async () => {
    const scene = { ...any, config: { issuer: 'https://github.com' } }
    const [first] = await told(() => new Response('', { status: 404 }), scene)
    expect(first).toMatchObject({
      code: 'provider_dead_end',
      title: 'GitHub does not work from a page alone',
    })
  })

  test('what it says itself about a secret comes before what is known', async () => {
    const route = refusing('invalid_request', 'client_secret is missing.')
    const found = await told(route, { preset: presetById('google') })
    expect(found.map(each => each.code)).toEqual(['client_secret_wanted'])
  })

  test('one that may work is examined all the same', async () => {
    const found = await told(codeFirst, { preset: presetById('facebook') })
    expect(found.map(each => [each.code, each.level, each.stops ?? false])).toEqual([
      ['public_client', 'pass', false],
      ['provider_dead_end', 'warn', false],
    ])
  })
})
