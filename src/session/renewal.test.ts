import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientConfig, issuer, serverMetadata } from '../oauth/client.test-data.ts'
import { createBrowser, turn } from './fake-ports.test-data.ts'
import type { Grant } from './grant.ts'
import { createRenewal } from './renewal.ts'
import { createServerKnowledge } from './server.ts'
import { createWire } from './wire.ts'

const started = createBrowser()

const grantOf = (expiresIn: number | null): Grant => ({
  config: clientConfig(),
  metadata: serverMetadata(),
  keys: [],
  tokens: { accessToken: 'a', tokenType: 'Bearer', refreshToken: 'r', idToken: null, expiresIn, scope: null },
  idToken: 'i',
  claims: { iss: issuer, sub: 'alice', aud: 'this-app', exp: 1, iat: 1 },
  scope: 'openid',
  dpop: null,
  flow: { id: 'f', type: 'sign_in' },
  earlier: null,
  signedInAt: started.now(),
  receivedAt: started.now(),
  receivedMonotonic: 5_000,
})

function renewalOf(first: Grant | null) {
  const { ports, sent } = createBrowser().openTab(async () => new Response('{}', { status: 503 }))
  const wire = createWire(ports)
  const now: { grant: Grant | null } = { grant: first }
  const show = vi.fn()
  const renewal = createRenewal({
    ports,
    wire,
    servers: createServerKnowledge(ports, wire),
    grant: () => now.grant,
    keep: grant => {
      now.grant = grant
    },
    silently: () => Promise.reject(new Error('no frame here')),
    end: () => {},
    show,
  })
  return { renewal, now, show, sent }
}

/** The code of the machine cannot be loaded, as in a browser that is offline. */
const withoutCode = () => {
  const asked = vi.fn(() => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  vi.doMock('./refresh.ts', asked)
  return asked
}

afterEach(() => void vi.doUnmock('./refresh.ts'))

describe('the door to the machine that renews', () => {
  it.each([null, 300, 10])('a token of %j seconds passes without the machine', async seconds => {
    const asked = withoutCode()
    const grant = grantOf(seconds)
    expect(await renewalOf(grant).renewal.fresh()).toBe(grant)
    expect(asked).not.toHaveBeenCalled()
  })

  it('where nobody is signed in a wake-up loads nothing', async () => {
    const asked = withoutCode()
    renewalOf(null).renewal.look('focus')
    await turn()
    expect(asked).not.toHaveBeenCalled()
  })

  it('code that cannot be loaded is said so, and asked for again', async () => {
    const asked = withoutCode()
    const { renewal, show } = renewalOf(grantOf(300))
    await expect(renewal.renew()).rejects.toMatchObject({
      code: 'page_not_loaded',
      details: { received: expect.stringContaining('Error') },
      cause: expect.any(Error),
    })
    renewal.plan()
    renewal.look('focus')
    await turn()
    expect([asked.mock.calls.length > 0, show.mock.calls]).toEqual([true, []])
    vi.doUnmock('./refresh.ts')
    renewal.plan()
    await vi.waitFor(() => expect(show).toHaveBeenCalledWith('idle', expect.any(Number)))
  })

  it('a session that ended while the machine was loaded is not planned', async () => {
    const { renewal, show } = renewalOf(grantOf(300))
    renewal.plan()
    renewal.stop()
    await import('./refresh.ts')
    await turn()
    expect(show).not.toHaveBeenCalled()
    renewal.plan()
    await vi.waitFor(() => expect(show).toHaveBeenCalled())
  })

  it('a sign-in that came while the machine was loaded is not renewed', async () => {
    const { renewal, now, sent } = renewalOf(grantOf(9))
    const asked = renewal.fresh()
    const newest = grantOf(10)
    now.grant = newest
    expect(await asked).toBe(newest)
    expect(sent).toEqual([])
  })
})
