import { describe, expect, test } from 'vitest'
import { presetById } from '../presets/presets.ts'
import { type ExamineOptions, examine, questionCount } from './doctor.ts'
import { configOf, findings } from './examined.test-data.ts'
import type { Remember } from './facts.ts'
import {
  goodMetadata,
  goodRoute,
  issuer,
  type Route,
  rsaKey,
  scriptedProbe,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'

describe('a provider with which all is well', () => {
  test('every question is answered well or later, in order, with progress up to the end', async () => {
    const told: string[] = []
    const steps: number[] = []
    const found = await examine({
      config: configOf(),
      ports: scriptedProbe(),
      onFindings: (each, progress) => {
        told.push(...each.map(finding => finding.code))
        steps.push(progress.done)
        expect(progress.of).toBe(questionCount)
      },
    })
    expect(told).toEqual(found.map(each => each.code))
    expect(steps).toEqual(Array.from({ length: questionCount }, (_, at) => at + 1))
    expect(found.filter(each => each.level === 'fail' || each.level === 'warn')).toEqual([])
    expect(found.filter(each => each.level === 'later').map(each => each.code)).toEqual([
      'refresh_possible',
      'clock_unknown',
      'access_token_form',
      'redirect_registered',
    ])
    expect(new Set(found.map(each => each.question)).size).toBe(questionCount)
  })

  test('TOK-12: each address is asked once, nothing carries a code, and cookies never travel (stuck point 11)', async () => {
    const ports = scriptedProbe()
    await examine({ config: configOf(), ports })
    const urls = ports.requests.map(each => `${each.method} ${each.url}`)
    const noCors = ports.requests.filter(each => each.init.mode === 'no-cors')
    expect(new Set(urls).size).toBe(urls.length - noCors.length)
    for (const { init, url } of ports.requests) {
      expect(init.credentials, url).toBe('omit')
      expect(init.referrerPolicy, url).toBe('no-referrer')
      expect(String(init.body ?? '')).not.toMatch(/(^|&)(code|code_verifier|refresh_token|client_secret)=/)
    }
  })

  test('the redirect address to register is the person’s own, at the place the console calls it', async () => {
    const found = await findings(goodRoute, { preset: presetById('keycloak') })
    expect(found.get('redirect_registered')?.fix).toMatchObject({
      copy: 'https://app.example/callback',
      consolePath: ['Clients', 'pkce-lens', 'Settings', 'Valid redirect URIs'],
    })
  })
})

describe('a provider on a domain that no preset knows', () => {
  const own = withMetadata({ end_session_endpoint: `${issuer}/oauth2/sessions/logout` })

  test('its document gives it away, and the words of its console are used', async () => {
    const found = await findings(own, { preset: presetById('any') })
    expect(found.get('discovery_readable')?.why).toContain('It looks like Ory Hydra')
    expect(found.get('redirect_registered')?.fix?.consolePath).toContain('--redirect-uri')
    expect(found.get('access_token_form')?.why).toContain('strategies.access_token')
    expect(found.get('sign_out_possible')?.fix?.consolePath).toContain('--post-logout-callback')
  })

  test('a provider that the person chose stays the one', async () => {
    const found = await findings(own, { preset: presetById('okta') })
    expect(found.get('discovery_readable')?.why).not.toContain('Hydra')
    expect(found.get('redirect_registered')?.fix?.consolePath).toContain('Sign-in redirect URIs')
  })
})

describe('what a finding offers', () => {
  test('META-04: the differing character can be marked, and the document’s name can be taken', async () => {
    const found = (await findings(withMetadata({ issuer: `${issuer}/` }))).get('discovery_issuer_mismatch')
    expect(found?.compare).toEqual({ given: issuer, named: `${issuer}/` })
    expect(found?.why).toContain('one slash more at the end')
    expect(found?.fix?.change).toEqual({
      field: 'issuer',
      value: `${issuer}/`,
      label: 'Use the document’s name',
    })
  })

  test('META-14: the origin to allow is given for copying, in the words of the console', async () => {
    const found = await findings(withPaths({ token: 'cors' }), { preset: presetById('okta') })
    expect(found.get('token_cors_blocked')?.fix).toMatchObject({
      consolePath: ['Security', 'API', 'Trusted Origins', 'Add Origin'],
      copy: 'https://app.example',
      copyWhat: 'the origin',
    })
  })

  test('META-14: when CORS hides the document, the pasted one is examined, marked, and the rest goes on', async () => {
    const route: Route = r => (/openid-configuration|keys/.test(r.url) ? 'cors' : goodRoute(r))
    const without = await findings(route)
    expect(without.get('discovery_cors_blocked')?.paste).toBe('discovery')
    expect(without.has('issuer_equal')).toBe(false)
    const withDocument = await findings(route, {
      pasted: { discovery: JSON.stringify(goodMetadata), keys: null },
    })
    expect(withDocument.get('issuer_equal')?.level).toBe('pass')
    expect(withDocument.get('keys_cors_blocked')?.paste).toBe('keys')
    const withBoth = await findings(route, {
      pasted: {
        discovery: JSON.stringify(goodMetadata),
        keys: JSON.stringify({ keys: [rsaKey(2048, 'a')] }),
      },
    })
    expect(withBoth.get('keys_found')).toMatchObject({
      level: 'warn',
      title: 'The keys were pasted, not read',
    })
  })

  test('DPOP-04: with DPoP the token request carries the header that makes the browser ask first', async () => {
    const ports = scriptedProbe()
    await examine({ config: configOf({ dpop: true }), ports })
    const token = ports.requests.find(each => each.url.endsWith('/token'))
    expect(new Headers(token?.init.headers).get('dpop')).toBe('probe')
  })

  test('a blocked POST is never repeated: only a harmless address is asked without reading', async () => {
    const ports = scriptedProbe(withPaths({ token: 'cors', revoke: 'cors' }))
    await examine({ config: configOf(), ports })
    expect(ports.requests.filter(each => each.method === 'POST').map(each => each.url)).toEqual([
      `${issuer}/token`,
      `${issuer}/revoke`,
    ])
    expect(
      ports.requests.filter(each => each.init.mode === 'no-cors').every(each => each.method === 'GET'),
    ).toBe(true)
  })

  test('a document read before is not asked again', async () => {
    const kept = new Map<string, ReturnType<Remember>>()
    const ports = scriptedProbe()
    const options: ExamineOptions = {
      config: configOf(),
      ports,
      remember: (kind, url, ask) => {
        const asked = kept.get(kind + url) ?? ask()
        kept.set(kind + url, asked)
        return asked
      },
    }
    await examine(options)
    await examine(options)
    expect(ports.requests.filter(each => /configuration|keys/.test(each.url))).toHaveLength(2)
    expect([...kept.keys()]).toEqual([
      `discovery${issuer}/.well-known/openid-configuration`,
      `keys${issuer}/keys`,
    ])
  })
})
