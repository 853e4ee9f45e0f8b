import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseIssuer } from '../oauth/client-config.ts'
import { deadEnds } from './dead-ends.ts'
import { fillIssuer, placeFor } from './place.ts'
import { presetById, presetOfIssuer, presets, recognise, working } from './presets.ts'

const registration = {
  clientId: 'my-app',
  redirectUri: 'https://app.example/callback',
  logoutUri: 'https://app.example/',
  origin: 'https://app.example',
}

describe('presets', () => {
  test('all fifteen providers and the five dead ends are there, each once', () => {
    expect(working.map(each => each.id)).toEqual([
      'demo',
      'keycloak',
      'auth0',
      'okta',
      'entra',
      'gitlab',
      'zitadel',
      'logto',
      'authentik',
      'pingone',
      'cognito',
      'fusionauth',
      'hydra',
      'spring',
      'authelia',
    ])
    expect(deadEnds.map(each => each.id)).toEqual(['google', 'github', 'apple', 'linkedin', 'facebook'])
    expect(new Set(presets.map(each => each.id)).size).toBe(presets.length)
  })

  test.each(working.map(preset => [preset.name, preset] as const))(
    '%s: its examples make an issuer that META-01 accepts; by it, or by its document, it is recognised',
    (_, preset) => {
      const examples = Object.fromEntries(preset.blanks.map(blank => [blank.name, blank.example]))
      const issuer = fillIssuer(preset, examples)
      expect(issuer).not.toBeNull()
      expect(parseIssuer(issuer)).toBe(issuer)
      expect(preset.issuerPattern?.test(String(issuer)) ?? preset.documentMarks !== undefined).toBe(true)
      expect(preset.blanks.every(blank => preset.issuerTemplate.includes(`{${blank.name}}`))).toBe(true)
      expect(issuer).not.toMatch(/[{}]/)
    },
  )

  test.each(presets.map(preset => [preset.name, preset] as const))(
    '%s: every place is filled with the person’s own values, or says that there is nothing to set',
    (_, preset) => {
      const names = ['redirect', 'origin', 'logout', 'publicClient', 'pkce', 'refresh', 'rotation'] as const
      for (const name of names) {
        const { path, nothing, copy, note } = placeFor(preset, name, registration)
        expect(path.join()).not.toMatch(/[{}]/)
        // A step that only says how things are is no place.
        expect(path.join()).not.toMatch(/\b(always|no list|no return)\b/i)
        if (path.length > 0) expect(nothing).toBeNull()
        else expect(copy).toBeNull()
        if (nothing !== null) expect(nothing).toMatch(/^Nothing to set: .*[^ ]\.$/)
        else if (path.length === 0)
          expect(`${name} ${note}`).toMatch(/^(refresh|rotation) .*is not known here/)
      }
      expect(placeFor(preset, 'redirect', registration).copy).toBe(registration.redirectUri)
      expect(preset.verified).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
    },
  )

  test('what is said to be verified nowhere else is marked U, and the words say so', () => {
    for (const preset of presets)
      for (const fact of [...preset.gotchas, preset.logout, preset.refresh, preset.accessToken])
        if (fact.text.includes('not verified')) expect(`${preset.id} ${fact.mark}`).toBe(`${preset.id} U`)
  })

  const pages: Readonly<Record<string, string>> = {
    entra: 'entra-id',
    hydra: 'ory-hydra',
    spring: 'spring-authorization-server',
  }
  // The demo asks for a scope of its own API besides, and its page is of no day.
  test.each(working.filter(preset => preset.id !== 'demo'))('$name: its page agrees', preset => {
    const page = readFileSync(`docs/providers/${pages[preset.id] ?? preset.id}.md`, 'utf8')
    // A page that names no scope means the one of the app.
    const scope = /"scope": "([^"]+)"/.exec(page)?.[1] ?? presetById('any').scope
    expect(scope).toBe(preset.scope)
    expect(page).toContain(`Last verified: ${preset.verified}-`)
  })

  test('an explained dead end says what is refused and what to do instead', () => {
    for (const preset of deadEnds) {
      expect(preset.deadEnd?.refusal.length).toBeGreaterThan(80)
      expect(preset.deadEnd?.instead.length).toBeGreaterThan(1)
      expect(presetOfIssuer(preset.issuerTemplate).id).toBe(preset.id)
    }
  })

  test('a template stays unfilled while a blank is empty, and a dollar in a value is no pattern', () => {
    expect(fillIssuer(presetById('keycloak'), { host: 'id.example.com', realm: ' ' })).toBeNull()
    expect(fillIssuer(presetById('keycloak'), { host: 'h', realm: '$&' })).toBe('https://h/realms/$&')
  })

  const at = (path: string) => `https://id.example${path}`
  const documents: Readonly<Record<string, unknown>> = {
    auth0: {
      mfa_challenge_endpoint: at('/mfa/challenge'),
      device_authorization_endpoint: at('/oauth/device/code'),
    },
    okta: {
      authorization_endpoint: at('/oauth2/aus1/v1/authorize'),
      jwks_uri: at('/oauth2/aus1/v1/keys'),
    },
    entra: {
      authorization_endpoint: at('/tenant/oauth2/v2.0/authorize'),
      msgraph_host: 'graph.microsoft.com',
    },
    gitlab: { claims_supported: ['sub', 'https://gitlab.org/claims/groups/owner'] },
    zitadel: {
      authorization_endpoint: at('/oauth/v2/authorize'),
      userinfo_endpoint: at('/oidc/v1/userinfo'),
    },
    logto: { scopes_supported: ['openid', 'urn:logto:scope:organizations'] },
    authentik: { authorization_endpoint: at('/application/o/authorize/') },
    pingone: { authorization_endpoint: at('/as/authorize'), token_endpoint: at('/as/token') },
    fusionauth: {
      device_authorization_endpoint: at('/oauth2/device_authorize'),
      end_session_endpoint: at('/oauth2/logout'),
    },
    hydra: { end_session_endpoint: at('/oauth2/sessions/logout') },
    spring: {
      end_session_endpoint: at('/connect/logout'),
      jwks_uri: at('/oauth2/jwks'),
      token_endpoint: at('/oauth2/token'),
    },
    authelia: { authorization_endpoint: at('/api/oidc/authorization') },
  }

  test('each preset with marks is recognised by them, however the document is laid out', () => {
    const any = presetById('any')
    const marked = presets.filter(each => each.documentMarks).map(each => each.id)
    expect(Object.keys(documents).sort()).toEqual(marked.sort())
    for (const [id, document] of Object.entries(documents)) {
      expect(recognise(any, JSON.stringify(document, null, 2)).id).toBe(id)
      expect(recognise(any, JSON.stringify(document).replaceAll('/', '\\/')).id).toBe(id)
      expect(recognise(presetById('cognito'), JSON.stringify(document)).id).toBe('cognito')
    }
    const others = ['/oauth/v2/authorize', '/oauth2/v1/authorize', '/oauth2/v2.0/authorize'].map(path =>
      JSON.stringify({ authorization_endpoint: at(path) }),
    )
    for (const document of [null, '', '[]', '{}', ...others]) expect(recognise(any, document).id).toBe('any')
  })

  test('an unknown id or issuer means any issuer', () => {
    expect(presetById('nobody').id).toBe('any')
    expect(presetOfIssuer('https://login.example.com').id).toBe('any')
  })
})
