import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Demo } from './demo.ts'
import { listenOnLoopback } from './loopback-server.ts'
import { oddTargets, statusOf } from './raw-request.test-data.ts'
import { targetUrl } from './request-target.ts'
import { freePorts, startTestDemo } from './test-client.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo()
})
afterAll(() => demo.close())

describe.each(['authorization server', 'API'] as const)('the %s', name => {
  const origin = () => (name === 'API' ? demo.apiOrigin : demo.issuer)

  it.each(oddTargets)('answers the request line with %j, and the next one', async target => {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      expect(await statusOf(origin(), target, method)).toBeLessThan(500)
    expect(await statusOf(origin(), '/')).toBe(200)
  })
})

describe('the target of a request', () => {
  const origin = 'http://localhost:9001'

  it.each([
    ['/user/profile?a=1', `${origin}/user/profile?a=1`],
    ['//evil.example/user/profile', `${origin}//evil.example/user/profile`],
    ['/\\evil.example', `${origin}//evil.example`],
    [undefined, `${origin}/`],
    ['http://localhost:9001/user/profile', `${origin}/user/profile`],
  ])('%s is %s', (target, address) => expect(targetUrl(target, origin)?.href).toBe(address))

  it.each(['*', 'http://', 'http://[/', 'https://x:99999/'])('%s is none', target => {
    expect(targetUrl(target, origin)).toBeNull()
  })
})

describe('a listener that fails', () => {
  async function listening(listener: Parameters<typeof listenOnLoopback>[0]) {
    const { appPort: port } = await freePorts()
    return { origin: `http://localhost:${port}`, server: await listenOnLoopback(listener, port) }
  }

  it.each([
    [
      'at once',
      () => {
        throw new Error('broken')
      },
    ],
    ['later', () => Promise.reject(new Error('broken'))],
  ])('%s gives 500, says so on the console, and the server goes on', async (_, listener) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { origin, server } = await listening(listener)
    try {
      expect([await statusOf(origin, '/'), await statusOf(origin, '/')]).toEqual([500, 500])
      expect(said).toHaveBeenCalledTimes(2)
    } finally {
      await server.close()
    }
  })

  it('half an answer is broken off, not ended as if it were whole', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { origin, server } = await listening(async (_, response) => {
      response.writeHead(200, { 'Content-Length': 10 })
      await new Promise(resolve => response.write('12345', resolve))
      throw new Error('broken')
    })
    try {
      await expect(fetch(origin).then(answer => answer.text())).rejects.toThrow()
    } finally {
      await server.close()
    }
  })
})
