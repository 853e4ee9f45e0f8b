import { expect, test } from 'vitest'
import { document, issuer } from '../oauth/client.test-data.ts'
import { keptServer } from '../session/server-cache.ts'
import { keepPasted } from './keep-pasted.ts'

function memory() {
  const map = new Map<string, string>()
  return {
    get: (key: string) => map.get(key) ?? null,
    set: (key: string, text: string) => map.set(key, text).size > 0,
    remove: (key: string) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}

function kept(metadata: Record<string, unknown>, keys: string | null = null, after = 0) {
  const storage = memory()
  keepPasted(storage, issuer, { discovery: JSON.stringify({ ...document, ...metadata }), keys })
  return keptServer(storage, issuer, Date.now() + after)
}

test('good documents are found by the next sign-in', () => {
  const keys = JSON.stringify({ keys: [{ kty: 'EC', kid: 'a' }] })
  expect(kept({}, keys)?.server).toMatchObject({
    metadata: { token_endpoint: `${issuer}/token` },
    keys: [{ kid: 'a' }],
  })
  expect(kept({}, 'no JSON')?.server.keys).toEqual([])
})

test('they hold for a working day, not for the ten minutes of what came from the provider', () => {
  const hour = 3_600_000
  expect(kept({}, null, 7 * hour)).not.toBeNull()
  expect(kept({}, null, 9 * hour)).toBeNull()
})

test('a sign-in from a page that was loaded since keeps what was pasted before', () => {
  const storage = memory()
  keepPasted(storage, issuer, { discovery: JSON.stringify(document), keys: null })
  keepPasted(storage, issuer, { discovery: null, keys: null })
  expect(keptServer(storage, issuer, Date.now())).not.toBeNull()
})

test.each([
  ['META-04', { issuer: 'https://other.example' }],
  ['META-07', { token_endpoint: 'http://evil.example/token' }],
  ['META-07', { authorization_endpoint: 'javascript:alert(origin)//' }],
  ['PKCE-09', { code_challenge_methods_supported: ['plain'] }],
])('%s: what the session would refuse from the network is not taken from the clipboard: %o', (_, change) => {
  expect(kept(change)).toBeNull()
})
