import { describe, expect, it } from 'vitest'
import { clientConfig, serverMetadata } from '../oauth/client.test-data.ts'
import { createBrowser } from './fake-ports.test-data.ts'
import { keepTransaction, markLeft, takeAbandoned } from './keep-transaction.ts'
import {
  dropTransactions,
  finishedReturnTo,
  markFinished,
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
      transaction({ purpose: 'restore', config: clientConfig({ par: true, restore: 'redirect' }) }),
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
    browser.sleep(2 * transactionLife)
    keepTransaction(ports, transaction({ state: 's3', startedAt: browser.now() }))
    expect([...session.keys()].filter(key => key.includes('transaction.'))).toHaveLength(3)
    browser.sleep(1)
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

  /** Keeps a transaction, changes one member of it or of its configuration, and takes it out. */
  function takenWith(name: string, value: unknown, inConfig = false) {
    const { ports, session } = newTab()
    keepTransaction(ports, transaction())
    const key = 'pkce-lens.transaction.s1'
    const kept: { config: object } = JSON.parse(session.get(key) ?? '')
    const changed = inConfig ? { config: { ...kept.config, [name]: value } } : { [name]: value }
    session.set(key, JSON.stringify({ ...kept, ...changed }))
    const taken = takeTransaction(ports, 's1')
    expect(session.has(key)).toBe(false)
    return taken
  }

  const notText = [undefined, '', 5]
  it.each<[string, unknown[]]>([
    ['state', notText],
    ['nonce', notText],
    ['codeVerifier', notText],
    ['flow', notText],
    ['scope', notText],
    ['returnTo', notText],
    ['acrValues', [5, null]],
    ['dpopThumbprint', [5, null]],
    ['subject', [5, null]],
    ['maxAge', ['60', null]],
    ['startedAt', [undefined, 'now']],
    ['purpose', [undefined, 'other']],
    ['jwks', [undefined, {}]],
    ['metadata', [undefined, {}]],
    ['config', [undefined, 'x', null]],
  ])('is none when its %s is one of %j', (name, values) => {
    expect(values.map(value => takenWith(name, value))).toEqual(values.map(() => null))
  })

  it.each<[string, unknown[]]>([
    ['issuer', notText],
    ['clientId', notText],
    ['scope', notText],
    ['redirectUri', notText],
    ['postLogoutRedirectUri', notText],
    ['resource', [undefined, 5]],
    ['profileUrl', [undefined, 5]],
    ['audience', [undefined, 5]],
    ['dpop', [undefined, 'yes']],
    ['par', [undefined, 'maybe']],
    ['restore', [undefined, 'maybe']],
    ['extraAuthorizationParams', [undefined, 5, { a: 'b', c: 5 }]],
  ])('is none when %s of its configuration is one of %j', (name, values) => {
    expect(values.map(value => takenWith(name, value, true))).toEqual(values.map(() => null))
  })
})

describe('a sign-in that never came back', () => {
  it('is noticed once', () => {
    const { ports, browser } = newTab()
    const left = transaction({ startedAt: browser.now() })
    keepTransaction(ports, left)
    markLeft(ports, left)
    expect(takeAbandoned(ports)).toEqual({ transaction: left, hasLeft: true })
    expect(takeAbandoned(ports)).toBeNull()
    keepTransaction(ports, left)
    dropTransactions(ports)
    expect(takeAbandoned(ports)).toBeNull()
  })

  it('is none after a callback', () => {
    const { ports } = newTab()
    keepTransaction(ports, transaction())
    takeTransaction(ports, 's1')
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
    for (const text of ['broken', '{"state-24":5}', '[]']) {
      session.set('pkce-lens.finished', text)
      expect(finishedReturnTo(ports, 'state-24')).toBeNull()
    }
    session.set('pkce-lens.finished', 'broken')
    markFinished(ports, 'a', '/b')
    expect(session.get('pkce-lens.finished')).toBe('{"a":"/b"}')
  })
})
