import { describe, expect, test } from 'vitest'
import { examine } from './doctor.ts'
import { configOf, findings, type Scene } from './examined.test-data.ts'
import {
  goodRoute,
  issuer,
  json,
  type Route,
  scriptedProbe,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'

const demanded = withMetadata({ require_pushed_authorization_requests: true })

async function pushed(route: Route, change: Record<string, unknown>) {
  const ports = scriptedProbe(route)
  await examine({ config: configOf(change), ports })
  return ports.requests.filter(each => each.url === `${issuer}/par`)
}

async function told(route: Route, scene: Scene = { config: { par: true } }) {
  const found = [...(await findings(route, scene)).values()]
  return found.filter(each => each.question === 'extensions')
}

describe('pushed requests', () => {
  test('PAR-07: asked once, like the real request, with the client alone', async () => {
    const [first, ...others] = await pushed(goodRoute, { par: true, dpop: true })
    expect(others).toEqual([])
    expect(first?.method).toBe('POST')
    expect(first?.init.body).toBe('client_id=pkce-lens')
    expect([...new Headers(first?.init.headers).keys()]).toEqual(['accept', 'content-type'])
    expect(await pushed(demanded, { par: 'auto' })).toHaveLength(1)
  })

  test('PAR-07: nothing is sent where no sign-in pushes', async () => {
    expect(await pushed(goodRoute, { par: 'auto' })).toEqual([])
    expect(await pushed(goodRoute, { par: false })).toEqual([])
    expect(await pushed(demanded, { par: false })).toEqual([])
  })

  test('PAR-07: an endpoint that may not be asked is not said to answer', async () => {
    const local = withMetadata({ pushed_authorization_request_endpoint: 'http://localhost:9/par' })
    const seen = async (route: Route) =>
      (await told(route)).find(each => each.code === 'extensions_fit')?.seen
    expect(await seen(goodRoute)).toContain('PAR answers this origin')
    expect(await seen(local)).not.toContain('PAR answers this origin')
  })

  test('PAR-07: an endpoint that no page may read stops a sign-in, and the POST is not repeated', async () => {
    const route = withPaths({ par: 'cors' })
    const [first] = await told(route)
    expect(first).toMatchObject({ code: 'par_cors_blocked', level: 'fail', stops: true })
    expect(first?.fix).toMatchObject({ copy: 'https://app.example' })
    expect(await pushed(route, { par: true })).toHaveLength(1)
    expect((await told(withPaths({ par: 'hang' })))[0]).toMatchObject({
      code: 'request_timeout',
      stops: true,
    })
  })

  test('PAR-06: a refusal that could be read is well, a page or a fault of the server is not', async () => {
    for (const status of [400, 401])
      expect(
        (await told(withPaths({ par: () => json({ error: 'invalid_request' }, status) })))[0],
      ).toMatchObject({
        code: 'extensions_fit',
        seen: 'offers DPoP, PAR, PAR answers this origin',
      })
    for (const answer of [() => new Response('<html>', { status: 403 }), () => json({}, 503)])
      expect((await told(withPaths({ par: answer })))[0]).toMatchObject({ code: 'par_error', level: 'warn' })
  })
})

test('PAR-05: signed requests are not made here, and a demand for them is told', async () => {
  const route = withMetadata({ require_signed_request_object: true })
  const [first] = await told(route, {})
  expect(first).toMatchObject({ code: 'signed_request_required', level: 'fail', stops: true })
  expect(first?.why).toContain('RFC 9101')
  expect((await told(goodRoute, {})).map(each => each.code)).toEqual(['extensions_fit'])
})
