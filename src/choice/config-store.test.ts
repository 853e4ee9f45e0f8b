import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClientConfig, parseClientConfig } from '../oauth/client-config.ts'
import {
  forgetChoice,
  readChoice,
  storeChoice,
  storedKey,
  type TextStore,
  wireOfConfig,
} from './config-store.ts'
import { configOfForm, formOfConfig } from './form-values.ts'
import { ignoredSentence, readShareLink, shareLink } from './share-link.ts'

const place = { origin: 'https://app.example', basePath: '/' }

function memoryStore(initial?: string): TextStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>(initial === undefined ? [] : [[storedKey, initial]])
  return {
    kept,
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
  }
}

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,20}$/)
const configs: fc.Arbitrary<ClientConfig> = fc
  .record({
    issuer: fc
      .tuple(word, word)
      .map(([host, path]) => `https://${host.replace(/[^a-z0-9]/gi, 'x')}.example/${path}`),
    client_id: fc.string({ maxLength: 30 }).filter(id => id.trim() !== ''),
    // A scope that stands twice is kept once.
    scope: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).map(each => each.join(' ')),
    resource: fc.option(
      word.map(each => `https://api.example/${each}`),
      { nil: null },
    ),
    audience: fc.option(word, { nil: null }),
    profile_url: fc.option(
      word.map(each => `https://api.example/${each}`),
      { nil: null },
    ),
    trusted_audiences: fc.uniqueArray(word, { maxLength: 2 }),
    dpop: fc.boolean(),
    par: fc.constantFrom<'auto' | boolean>('auto', true, false),
    restore: fc.constantFrom('frame', 'redirect', 'off'),
    end_session_method: fc.constantFrom('post', 'get'),
    extra_authorization_params: fc.dictionary(
      fc.oneof(
        word.map(each => `x_${each}`),
        word.map(each => `ui[${each}]`),
      ),
      fc.string({ maxLength: 12, unit: 'grapheme' }),
      { maxKeys: 3 },
    ),
  })
  .map(wire => parseClientConfig(wire, place.origin, place.basePath))

describe('config-store', () => {
  test('property: what was stored is read back, in the words of config.json', () => {
    fc.assert(
      fc.property(configs, config => {
        const store = memoryStore()
        expect(storeChoice(() => store, { config, presetId: 'okta' }, place)).toBe(true)
        expect(readChoice(() => store, place)).toEqual({ config, presetId: 'okta' })
        expect(parseClientConfig(wireOfConfig(config), place.origin, place.basePath)).toEqual(config)
      }),
    )
  })

  test('property: any other text in the store is no choice, and no exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect(readChoice(() => memoryStore(text), place)).toBeNull()
      }),
    )
  })

  test('WEB-13: a stored secret makes the whole entry invalid', () => {
    const wire = { issuer: 'https://id.example', client_id: 'a', client_secret: 's' }
    expect(readChoice(() => memoryStore(JSON.stringify(wire)), place)).toBeNull()
  })

  test('the addresses of the app are not stored, so a moved app does not carry the old ones', () => {
    const config = parseClientConfig(
      { issuer: 'https://id.example', client_id: 'a' },
      'http://localhost:1',
      '/',
    )
    const store = memoryStore()
    storeChoice(() => store, { config, presetId: 'any' }, { origin: 'http://localhost:1', basePath: '/' })
    expect(store.kept.get(storedKey)).not.toContain('localhost:1')
    expect(readChoice(() => store, place)?.config.redirectUri).toBe('https://app.example/callback')
    forgetChoice(() => store)
    expect(readChoice(() => store, place)).toBeNull()
  })

  test('an address that config.json sets is kept with the choice', () => {
    const wire = {
      issuer: 'https://id.example',
      client_id: 'a',
      redirect_uri: 'https://app.example/callback?a=b',
    }
    const store = memoryStore()
    storeChoice(() => store, { config: parseClientConfig(wire, place.origin), presetId: 'any' }, place)
    expect(readChoice(() => store, place)?.config.redirectUri).toBe('https://app.example/callback?a=b')
  })

  test('a browser that refuses to store is told by the answer, not by an exception', () => {
    const config = parseClientConfig({ issuer: 'https://id.example', client_id: 'a' }, place.origin)
    const refuses = () => {
      throw new DOMException('no', 'QuotaExceededError')
    }
    expect(
      storeChoice(() => ({ ...memoryStore(), setItem: refuses }), { config, presetId: 'any' }, place),
    ).toBe(false)
    expect(readChoice(() => ({ ...memoryStore(), getItem: refuses }), place)).toBeNull()
    expect(storeChoice(refuses, { config, presetId: 'any' }, place)).toBe(false)
    forgetChoice(() => ({ ...memoryStore(), removeItem: refuses }))
  })
})

describe('share-link', () => {
  test.each(['https://api.asgardeo.io/t/acme/oauth2/token', 'https://uaa.example/oauth/token'])(
    'META-01: %s is an issuer, although it looks like an endpoint',
    issuer => {
      const config = parseClientConfig({ issuer, client_id: 'a' }, place.origin)
      const { search } = new URL(shareLink('https://app.example/provider', config))
      expect(readShareLink(search, place)?.config).toEqual(config)
      expect(configOfForm(formOfConfig(config), place).config).toEqual(config)
    },
  )

  test('property: a link leads back to the same configuration and leaves nothing out', () => {
    const plain = configs.filter(
      config =>
        !/\s|secret/i.test(config.clientId) &&
        Object.entries(config.extraAuthorizationParams).every(
          ([name, value]) =>
            /^[\w.:[\]-]+$/.test(name) &&
            !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(value),
        ),
    )
    fc.assert(
      fc.property(plain, config => {
        const link = new URL(shareLink('https://app.example/provider', config))
        expect(link.pathname).toBe('/provider')
        expect(readShareLink(link.search, place)).toEqual({ config, ignored: [], problem: null })
      }),
    )
  })

  test('property: whatever stands in a query, a secret name or value is never taken', () => {
    const names = fc.constantFrom(
      'client_secret',
      'password',
      'access_token',
      'code',
      'client_assertion',
      'param.client_secret',
    )
    fc.assert(
      fc.property(names, fc.string({ minLength: 8 }), (name, value) => {
        const query = new URLSearchParams({ issuer: 'https://id.example', client_id: 'a', [name]: value })
        const shared = readShareLink(`?${query}`, place)
        expect(shared?.ignored).toEqual([{ name, reason: 'secret' }])
        expect(shared?.config?.extraAuthorizationParams).toEqual({})
      }),
    )
  })

  test('a secret in an allowed field, an unknown name and a doubled one are left out and named', () => {
    const shared = readShareLink(
      '?issuer=https://id.example&client_id=a&audience=GOCSPX-abcdefgh&foo=1&scope=a&scope=b',
      place,
    )
    expect(shared?.ignored).toEqual([
      { name: 'audience', reason: 'secret' },
      { name: 'foo', reason: 'unknown' },
      { name: 'scope', reason: 'twice' },
    ])
    expect(shared?.config?.audience).toBeNull()
    expect(shared?.config?.scope).toBe('openid profile email')
    expect(ignoredSentence(shared?.ignored ?? [])).toBe(
      'Left out because a page must not take secrets: audience. Not understood and left out: foo, scope.',
    )
  })

  test('a link cannot set the addresses of the app', () => {
    const shared = readShareLink(
      '?issuer=https://id.example&client_id=a&redirect_uri=https://evil.example/cb',
      place,
    )
    expect(shared?.config?.redirectUri).toBe('https://app.example/callback')
    expect(shared?.ignored).toEqual([{ name: 'redirect_uri', reason: 'unknown' }])
  })

  test('an address in signs that look like others is refused as issuer and left out elsewhere', () => {
    const spoof = 'https://login.micros\u043eftonline.com'
    const query = (change: Record<string, string>) =>
      `?${new URLSearchParams({ issuer: 'https://id.example', client_id: 'a', ...change })}`
    const issuer = readShareLink(query({ issuer: spoof }), place)
    expect(issuer?.config).toBeNull()
    expect(issuer?.problem?.text).toContain('https://login.xn--microsftonline-0zl.com/')
    const others = readShareLink(query({ profile_url: `${spoof}/me`, resource: `${spoof}/api` }), place)
    expect(others?.config).toMatchObject({ profileUrl: null, resource: null })
    expect(others?.ignored).toEqual([
      { name: 'profile_url', reason: 'invalid' },
      { name: 'resource', reason: 'invalid' },
    ])
    expect(ignoredSentence(others?.ignored ?? [])).toBe(
      'Left out because of signs that do not belong there: profile_url, resource.',
    )
  })

  test.each([
    ['ui[locale]', 'de'],
    ['organization', 'Müller'],
    ['login_hint', 'josé@例え.example'],
    ['login_hint', 'שלום@example.com'],
    ['empty', ''],
  ])('a parameter that the form takes is not lost: %s=%s', (name, value) => {
    const { config } = configOfForm(
      {
        ...formOfConfig(parseClientConfig({ issuer: 'https://id.example', client_id: 'a' }, place.origin)),
        extra: `${name}=${value}`,
      },
      place,
    )
    expect(config?.extraAuthorizationParams).toEqual({ [name]: value })
    const { search } = new URL(config ? shareLink('https://app.example/provider', config) : '')
    expect(readShareLink(search, place)).toEqual({ config, ignored: [], problem: null })
  })

  test.each([
    ['a line break', 'a\nprompt=none'],
    ['a line separator', 'a\u2028b'],
    ['a control sign', 'a\u0007b'],
    ['a sign that turns text around', 'a\u202eb'],
    ['a sign of no width', 'a\u200bb'],
    ['a filler', 'a\u3164b'],
  ])('a parameter with %s is left out', (_, value) => {
    const query = new URLSearchParams({ issuer: 'https://id.example', client_id: 'a', 'param.x': value })
    const shared = readShareLink(`?${query}`, place)
    expect(shared?.ignored).toEqual([{ name: 'param.x', reason: 'invalid' }])
    expect(shared?.config?.extraAuthorizationParams).toEqual({})
  })

  test('a link without a usable provider says why, and an ordinary query is none', () => {
    expect(readShareLink('?client_id=a', place)).toMatchObject({ config: null })
    expect(readShareLink('?issuer=http://10.0.0.1&client_id=a', place)?.problem?.text).toContain(
      'localhost only',
    )
    expect(readShareLink('?issuer=https://id.example&client_id=a&restore=never', place)).toMatchObject({
      config: null,
    })
    expect(readShareLink('?step=3', place)).toBeNull()
    expect(readShareLink('', place)).toBeNull()
  })
})
