import { createServer, type RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FaultName } from '../../e2e/faults.ts'
import { type FaultyProvider, startFaultyProvider } from '../../e2e/faulty-provider.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import { presetById } from '../presets/presets.ts'
import { examine } from './doctor.ts'
import type { Finding } from './finding.ts'
import { appHost, scriptedProbe } from './scripted-probe.test-data.ts'

/**
 * Real sockets, real `fetch`. Node enforces no CORS, so what hangs on it is proven in a browser; what can be told
 * apart without it is proven here.
 */
const port = 19230
const otherPort = 19231
const closedPort = 19239

let provider: FaultyProvider
beforeAll(async () => {
  provider = await startFaultyProvider(port)
})
afterAll(() => provider.close())

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>(ready => server.listen(otherPort, 'localhost', ready))
  closing.push(
    () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  )
  return `http://localhost:${otherPort}`
}

async function findings(issuer: string, timeout = 5_000): Promise<Map<string, Finding>> {
  const origin = 'http://localhost:5173'
  const config = parseClientConfig(
    { issuer, client_id: 'pkce-lens', scope: 'openid profile offline_access' },
    origin,
  )
  const ports = {
    ...scriptedProbe(),
    origin,
    timeout,
    now: Date.now,
    fetch: (url: string, init: RequestInit) =>
      url.startsWith(origin) ? Promise.resolve(appHost(url)) : fetch(url, init),
  }
  const found = await examine({ config, ports, preset: presetById('any') })
  return new Map(found.map(each => [each.code, each]))
}

const fault = (name: FaultName) => findings(provider.issuer(name))

describe('against real servers', () => {
  test('a good provider: nothing to fix, and its real key is found', async () => {
    const found = await fault('none')
    expect([...found.values()].filter(each => each.level === 'fail')).toEqual([])
    expect(found.get('keys_found')?.seen).toBe('1 key, ES256')
    expect(found.get('token_readable')?.seen).toMatch(/^400, /)
  })

  test.each([
    ['META-04: a slash more', 'issuer_slash', 'discovery_issuer_mismatch'],
    ['META-04: a pattern', 'issuer_pattern', 'issuer_tenant_template'],
    ['META-11: a secret is wanted', 'secret_wanted', 'client_secret_wanted'],
    ['META-11: a confidential client', 'confidential_client', 'client_not_public'],
    ['META-11: the wrong platform', 'entra_web_platform', 'entra_platform_type'],
    ['TOK-09: no form POST', 'form_refused', 'token_http_error'],
    ['TOK-09: errors with 200', 'errors_with_200', 'error_with_status_200'],
    ['PKCE-09: plain', 'plain_accepted', 'pkce_plain_accepted'],
    ['LOUT-01: no sign-out', 'logout_missing', 'logout_endpoint_missing'],
    ['IDT-13: the clock', 'clock_ahead', 'clock_skew_suspected'],
  ] as const)('%s', async (_, name, code) => {
    expect([...(await fault(name)).keys()]).toContain(code)
  })

  test('META-05: no such provider on a server that is there', async () => {
    const found = await findings(`http://localhost:${port}/nobody`)
    expect(found.get('discovery_http_error')?.seen).toBe('404 at /nobody/.well-known/openid-configuration')
  })

  test('4.9: a closed port is told apart from a refusal', async () => {
    expect((await findings(`http://localhost:${closedPort}`)).get('network_unreachable')?.question).toBe(
      'discovery',
    )
  })

  test('4.9: a server that never answers', async () => {
    const issuer = await serve(() => {})
    expect((await findings(issuer, 50)).get('request_timeout')?.question).toBe('discovery')
  })

  test('4.9: a redirect is not followed', async () => {
    const issuer = await serve((_, response) =>
      response.writeHead(302, { location: provider.issuer('none') }).end(),
    )
    expect((await findings(issuer)).get('redirect_refused')?.question).toBe('discovery')
  })

  test('META-05: a web page in place of the document', async () => {
    const issuer = await serve((_, response) =>
      response.setHeader('content-type', 'text/html').end('<html></html>'),
    )
    expect((await findings(issuer)).get('discovery_not_json')?.seen).toBe('a web page')
  })

  test('META-03: a document at the place of RFC 8414 only', async () => {
    const issuer = await serve((request, response) =>
      request.url?.includes('oauth-authorization-server')
        ? response.end('{"issuer":"x"}')
        : response.writeHead(404).end(),
    )
    expect((await findings(issuer)).get('discovery_oauth_location_only')?.level).toBe('fail')
  })
})
