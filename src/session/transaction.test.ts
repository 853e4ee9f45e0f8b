import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientConfig, serverMetadata } from '../oauth/client.test-data.ts'
import { createBrowser, origin } from './fake-ports.test-data.ts'
import { keepTransaction, takeAbandoned } from './keep-transaction.ts'
import {
  dropTransactions,
  finishedReturnTo,
  markFinished,
  safeReturnTo,
  type Transaction,
  takeTransaction,
  transactionLife,
} from './transaction.ts'

const newTab = () => {
  const browser = createBrowser()
  const tab = browser.openTab(async () => new Response())
  return { browser, tab, ports: tab.ports, session: tab.session }
}

const transaction = (more: Partial<Transaction> = {}): Transaction => ({
  state: 's1',
  nonce: 'n',
  codeVerifier: 'v',
  flow: 'f',
  config: clientConfig({
    scope: 'openid orders',
    resource: 'https://api.example/',
    profile_url: 'https://api.example/me',
    dpop: true,
    par: false,
    restore: 'off',
    audience: 'a',
    extra_authorization_params: { ui_locales: 'de' },
  }),
  metadata: serverMetadata(),
  jwks: [{ kty: 'EC' }],
  scope: 'openid orders more',
  returnTo: '/profile?a=1#b',
  purpose: 'sign_in',
  startedAt: 1_800_000_000_000,
  ...more,
})

describe('a transaction', () => {
  it('AREQ-15: comes back exactly as it was kept, the configuration of that moment included', () => {
    const { ports } = newTab()
    for (const kept of [
      transaction(),
      transaction({
        config: clientConfig(),
        maxAge: 0,
        acrValues: 'gold',
        dpopThumbprint: 't',
        subject: 'alice',
      }),
      transaction({ purpose: 'restore' }),
    ]) {
      keepTransaction(ports, kept)
      expect(takeTransaction(ports, 's1')).toEqual(kept)
    }
  })

  it('PKCE-08: is read once', () => {
    const { ports, session } = newTab()
    keepTransaction(ports, transaction())
    expect(takeTransaction(ports, 's1')?.codeVerifier).toBe('v')
    expect(takeTransaction(ports, 's1')).toBeNull()
    expect([...session.values()].join()).not.toContain('codeVerifier')
  })

  it('RESP-13: belongs to its state, so several may wait side by side', () => {
    const { ports } = newTab()
    keepTransaction(ports, transaction())
    keepTransaction(ports, transaction({ state: 's2', codeVerifier: 'v2' }))
    expect(takeTransaction(ports, 's3')).toBeNull()
    expect(takeTransaction(ports, 's1')?.codeVerifier).toBe('v')
    expect(takeTransaction(ports, 's2')?.codeVerifier).toBe('v2')
  })

  it('says so when the browser refuses to store', () => {
    const { ports, tab } = newTab()
    tab.conditions.storageFull = true
    expect(() => keepTransaction(ports, transaction())).toThrow('storage_unavailable')
  })

  it('clears away what was left behind long ago, and what is none', () => {
    const { ports, session, browser } = newTab()
    keepTransaction(ports, transaction({ startedAt: browser.now() }))
    session.set('pkce-lens.transaction.broken', 'x')
    session.set('other', 'stays')
    keepTransaction(ports, transaction({ state: 's2', startedAt: browser.now() }))
    expect([...session.keys()].sort()).toEqual([
      'other',
      'pkce-lens.away',
      'pkce-lens.transaction.s1',
      'pkce-lens.transaction.s2',
    ])
    browser.sleep(2 * transactionLife + 1)
    keepTransaction(ports, transaction({ state: 's3', startedAt: browser.now() }))
    expect([...session.keys()].filter(key => key.includes('transaction.'))).toEqual([
      'pkce-lens.transaction.s3',
    ])
  })

  it('is forgotten with all others at sign-out', () => {
    const { ports, session } = newTab()
    keepTransaction(ports, transaction())
    keepTransaction(ports, transaction({ state: 's2' }))
    session.set('other', 'stays')
    dropTransactions(ports)
    expect([...session.keys()]).toEqual(['other'])
  })

  it.each([
    'state',
    'nonce',
    'codeVerifier',
    'flow',
    'scope',
    'returnTo',
    'jwks',
    'startedAt',
    'metadata',
    'config',
  ])('is none without %s', name => {
    const { ports, session } = newTab()
    keepTransaction(ports, transaction())
    const key = 'pkce-lens.transaction.s1'
    const kept: Record<string, unknown> = JSON.parse(session.get(key) ?? '')
    session.set(key, JSON.stringify({ ...kept, [name]: undefined }))
    expect(takeTransaction(ports, 's1')).toBeNull()
    session.set(key, JSON.stringify({ ...kept, [name]: 5.5 }))
    if (name !== 'startedAt') expect(takeTransaction(ports, 's1')).toBeNull()
    expect(session.has(key)).toBe(name === 'startedAt')
  })

  it.each(['issuer', 'scope', 'restore', 'dpop'])(
    'is none when %s of its configuration is of another kind',
    name => {
      const { ports, session } = newTab()
      keepTransaction(ports, transaction())
      const key = 'pkce-lens.transaction.s1'
      const kept: { config: Record<string, unknown> } = JSON.parse(session.get(key) ?? '')
      session.set(key, JSON.stringify({ ...kept, config: { ...kept.config, [name]: 5 } }))
      expect(takeTransaction(ports, 's1')).toBeNull()
    },
  )
})

describe('a sign-in that never came back', () => {
  it('is noticed once', () => {
    const { ports, browser } = newTab()
    const left = transaction({ startedAt: browser.now() })
    keepTransaction(ports, left)
    expect(takeAbandoned(ports)).toEqual(left)
    expect(takeAbandoned(ports)).toBeNull()
  })

  it('is none after a callback, and none when nobody clicked', () => {
    const { ports } = newTab()
    keepTransaction(ports, transaction())
    takeTransaction(ports, 's1')
    expect(takeAbandoned(ports)).toBeNull()
    keepTransaction(ports, transaction({ purpose: 'restore' }))
    expect(takeAbandoned(ports)).toBeNull()
  })
})

describe('a finished callback', () => {
  it('RESP-11: leads on, for the last twenty', () => {
    const { ports, session } = newTab()
    for (let index = 0; index < 25; index++) markFinished(ports, `state-${index}`, `/page-${index}`)
    expect([4, 5, 24, 25].map(index => finishedReturnTo(ports, `state-${index}`))).toEqual([
      null,
      '/page-5',
      '/page-24',
      null,
    ])
    session.set('pkce-lens.finished', 'broken')
    expect(finishedReturnTo(ports, 'state-24')).toBeNull()
  })
})

describe('AREQ-13: the return path', () => {
  const at = (basePath: string) => ({ origin, basePath })

  it.each([
    ['/profile', '/profile'],
    ['/orders?id=1#x', '/orders?id=1#x'],
    [`${origin}/orders`, '/orders'],
    ['orders', '/orders'],
    [undefined, '/profile'],
    ['', '/'],
  ])('%s is %s', (wanted, path) => {
    expect(safeReturnTo(at('/'), wanted)).toBe(path)
  })

  it.each([
    'https://evil.example',
    'https://evil.example/profile',
    '//evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '/.//evil.example',
    `${origin}//evil.example`,
    `${origin}@evil.example`,
    `${origin}.evil.example/`,
    'http://app.example/profile',
    'javascript:alert(1)',
    'data:text/html,x',
    `blob:${origin}/x`,
    'http://[',
    '/callback',
    '/callback?code=a',
    '/silent-callback.html',
    '/callback.html',
  ])('%s is refused', wanted => {
    expect(safeReturnTo(at('/'), wanted)).toBe('/profile')
  })

  it('stays under the path the app is served under', () => {
    expect(safeReturnTo(at('/lens/'), '/lens/orders')).toBe('/lens/orders')
    expect(safeReturnTo(at('/lens/'), '/other')).toBe('/lens/profile')
    expect(safeReturnTo(at('/lens/'), '/lens/../other')).toBe('/lens/profile')
    expect(safeReturnTo(at('/lens/'), undefined)).toBe('/lens/profile')
  })

  it('whatever is wanted, the answer is a path of this app that no browser reads as another origin', {
    timeout: 120_000,
  }, () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '//',
      '..',
      '.',
      ':',
      '@',
      '#',
      '?',
      'evil.example',
      origin,
      'https:',
      'javascript:',
      'callback',
      '%2f',
      '\t',
      '\n',
      ' ',
    )
    const wanted = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map(parts => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.webPath(),
    )
    fc.assert(
      fc.property(wanted, fc.constantFrom('/', '/lens/'), (text, basePath) => {
        const path = safeReturnTo(at(basePath), text)
        const read = new URL(path, origin)
        return (
          path.startsWith(basePath) &&
          !/^\/[/\\]/.test(path) &&
          read.origin === origin &&
          read.pathname.startsWith(basePath) &&
          !/\/(silent-)?callback(\.html)?$/.test(read.pathname)
        )
      }),
      { numRuns: 10_000 },
    )
  })
})
