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
