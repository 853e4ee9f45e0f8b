/** For component tests: jsdom has typed arrays of its own, while Web Crypto and the encoder answer with those of Node. */
import { beforeAll, vi } from 'vitest'

beforeAll(async () => {
  const bytes = new TextEncoder().encode('')
  vi.stubGlobal('Uint8Array', bytes.constructor)
  vi.stubGlobal('ArrayBuffer', (await crypto.subtle.digest('SHA-256', bytes)).constructor)
})
