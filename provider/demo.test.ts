import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { PortTaken, startDemo } from './demo.ts'
import { demoStartFromEnv } from './demo-env.ts'
import { isPortTaken } from './loopback-server.ts'
import { startTestDemo } from './test-client.ts'

/** Holds a port until the work is done. */
async function holding<T>(host: string, work: (port: number) => Promise<T>): Promise<T> {
  const holder = createServer()
  await new Promise<void>(resolve => holder.listen(0, host, resolve))
  const address = holder.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  try {
    return await work(address.port)
  } finally {
    await new Promise(resolve => holder.close(resolve))
  }
}

describe('ports', () => {
  it.each([
    ['APP_PORT', (port: number) => ({ appPort: port, serve: 'dist' as const })],
    ['PROVIDER_PORT', (port: number) => ({ providerPort: port, serve: 'none' as const })],
    [
      'RESOURCE_PORT',
      (port: number) => ({ providerPort: 19097, resourcePort: port, serve: 'none' as const }),
    ],
  ])('a taken port is named with its variable %s, before anything starts', async (variable, start) => {
    await holding('127.0.0.1', async port => {
      const failure = await startDemo(start(port)).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(PortTaken)
      expect(String(failure)).toMatch(new RegExp(`Port ${port} is taken.*${variable}`))
      expect(String(failure)).not.toContain('\n')
    })
  })

  it.each([
    ['PROVIDER_PORT', { appPort: 19_098, providerPort: 19_098, serve: 'dist' as const }],
    ['RESOURCE_PORT', { providerPort: 19_098, resourcePort: 19_098, serve: 'none' as const }],
  ])('a port that is asked for twice is named with the second variable, %s', async (variable, start) => {
    const failure = await startDemo(start).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(PortTaken)
    expect(String(failure)).toMatch(new RegExp(`Port 19098 is taken.*${variable}`))
  })

  it('somebody on all addresses of the machine counts too', async () => {
    expect(await holding('0.0.0.0', isPortTaken)).toBe(true)
  })

  it('everything stops, and the ports are free again', async () => {
    const demo = await startTestDemo()
    const port = Number(new URL(demo.issuer).port)
    expect(await isPortTaken(port)).toBe(true)
    await demo.close()
    expect(await isPortTaken(port)).toBe(false)
  })
})

describe('configuration', () => {
  it('the app gets the addresses of this start', async () => {
    const demo = await startTestDemo()
    try {
      expect(demo.config).toEqual({
        issuer: demo.issuer,
        client_id: 'pkce-lens',
        scope: 'openid profile email read_profile',
        profile_url: `${demo.apiOrigin}/user/profile`,
      })
    } finally {
      await demo.close()
    }
  })

  it('the environment sets ports, lifetime, DPoP nonce, algorithm and weaknesses', () => {
    const start = demoStartFromEnv({
      APP_PORT: '1',
      PROVIDER_PORT: '2',
      RESOURCE_PORT: '3',
      EXTRA_APP_ORIGINS: 'http://localhost:4,http://localhost:5',
      ACCESS_TOKEN_SECONDS: '6',
      DPOP_NONCE: '1',
      ID_TOKEN_ALG: 'ES256',
      WEAKNESSES: 'no_iss',
    })
    expect(start).toMatchObject({
      appPort: 1,
      providerPort: 2,
      resourcePort: 3,
      extraAppOrigins: ['http://localhost:4', 'http://localhost:5'],
      accessTokenSeconds: 6,
      dpopNonce: true,
      idTokenAlg: 'ES256',
    })
    expect(start.weaknesses?.on).toEqual(['no_iss'])
  })

  it.each([
    [{ APP_PORT: 'x' }, /APP_PORT/],
    [{ ACCESS_TOKEN_SECONDS: '-1' }, /ACCESS_TOKEN_SECONDS/],
    [{ ID_TOKEN_ALG: 'HS256' }, /ID_TOKEN_ALG/],
    [{ WEAKNESSES: 'nonsense' }, /nonsense/],
  ])('%o is refused by name', (env, message) => {
    expect(() => demoStartFromEnv(env)).toThrow(message)
  })
})
