import { expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { examine } from './doctor.ts'
import { goodMetadata, json, type Route, scriptedProbe } from './scripted-probe.test-data.ts'

const origin = 'https://id.example.com'
const atOrigin = `${origin}/.well-known/openid-configuration`
const config = (issuer: string) =>
  parseClientConfig({ issuer, client_id: 'pkce-lens', scope: 'openid' }, 'https://app.example')

async function examined(route: Route, issuer = `${origin}/realm`) {
  const ports = scriptedProbe(route)
  const found = await examine({ config: config(issuer), ports })
  return { finding: found.find(each => each.question === 'discovery'), ports }
}

/** Error pages without CORS headers, and what the bare origin answers. */
const errorPages =
  (answer: Response | 'cors'): Route =>
  ({ url }) =>
    url === atOrigin && answer instanceof Response ? answer.clone() : 'cors'

test('META-14: what the browser hides is not told as a fact: no document first, then CORS', async () => {
  const { finding } = await examined(errorPages('cors'))
  expect(finding?.code).toBe('discovery_cors_blocked')
  expect(finding?.title).toBe('No discovery document that this page may read')
  const why = finding?.why ?? ''
  expect(why.indexOf('nothing at /realm/.well-known/openid-configuration')).toBeGreaterThan(0)
  expect(why.indexOf('does not allow this origin')).toBeGreaterThan(why.indexOf('often lack CORS headers'))
  expect(finding?.fix?.text).toMatch(/in another tab.* misspelt.* CORS is closed/)
  expect(finding?.fix?.change).toBeUndefined()
})

test('META-05: a document at the bare origin is offered with one press, and no console is quoted', async () => {
  const { finding } = await examined(errorPages(json({ ...goodMetadata, issuer: origin })))
  expect(finding?.fix?.change).toEqual({ field: 'issuer', value: origin, label: `Use ${origin}` })
  expect(finding?.fix?.consolePath).toEqual([])
  expect(finding?.seen).toBe('blocked here, found without the path')
  expect(finding?.paste).toBe('discovery')
})

test('META-05: it is offered as well when the page may read the error, or a web page', async () => {
  for (const status of [200, 404]) {
    const { finding } = await examined(({ url }) =>
      url === atOrigin ? json({ ...goodMetadata, issuer: origin }) : new Response('<html>', { status }),
    )
    expect(finding?.fix?.change?.value).toBe(origin)
  }
})

test('META-04: an issuer of another server is not offered', async () => {
  const { finding } = await examined(
    errorPages(json({ ...goodMetadata, issuer: 'https://elsewhere.example' })),
  )
  expect(finding?.fix?.change).toBeUndefined()
})

test('without a path there is nothing to leave out, and no second look', async () => {
  const { finding, ports } = await examined(errorPages('cors'), origin)
  expect(finding?.fix?.change).toBeUndefined()
  const reads = ports.requests.filter(each => each.url === atOrigin && each.init.mode !== 'no-cors')
  expect(reads).toHaveLength(1)
})

test('META-14: a redirect without CORS headers looks the same, so the address bar is spoken of', async () => {
  const { finding } = await examined(errorPages('cors'))
  expect(finding?.fix?.text).toMatch(
    /in another tab\. If the address bar changed, use the address it ended at/,
  )
})

test('META-03: a document that can be read at the place of RFC 8414 is told, where the other place is blocked', async () => {
  const location = `${origin}/.well-known/oauth-authorization-server/realm`
  const { finding } = await examined(({ url }) =>
    url === location ? json({ issuer: `${origin}/realm` }) : 'cors',
  )
  expect(finding).toMatchObject({ code: 'discovery_oauth_location_only', level: 'fail', stops: true })
  expect(finding?.seen).toContain('blocked here')
  expect(finding?.why).toContain(location)
  // What is there and hidden can still be pasted.
  expect(finding?.paste).toBe('discovery')
})

test('META-14: a description of OpenID Connect there says that the other one is hidden, and not missing', async () => {
  const location = `${origin}/.well-known/oauth-authorization-server/realm`
  const { finding } = await examined(({ url }) =>
    url === location
      ? json({ issuer: `${origin}/realm`, id_token_signing_alg_values_supported: ['RS256'] })
      : 'cors',
  )
  expect(finding?.code).toBe('discovery_cors_blocked')
})

test('META-05: the address of a document is understood, and nothing is said to be found', async () => {
  const pasted = `${origin}/realm/.well-known/openid-configuration`
  const { finding } = await examined(errorPages('cors'), pasted)
  expect(finding?.fix?.change).toMatchObject({ field: 'issuer', value: `${origin}/realm` })
  expect(finding?.seen).toBe('fetch blocked, server reachable')
})

test('META-03: nothing more is asked of a server that does not answer at all', async () => {
  const { ports } = await examined(() => 'down')
  expect(ports.requests.some(each => each.url.includes('oauth-authorization-server'))).toBe(false)
})

test('4.9: what shuts other sites out looks like a server that is not there, and that is said', async () => {
  const { finding } = await examined(() => 'down')
  expect(finding?.code).toBe('network_unreachable')
  expect(finding?.why).toMatch(/Cross-Origin-Resource-Policy.*extension/)
  expect(finding?.fix?.text).toContain('If it opens in a tab, allow the origin https://app.example')
})
