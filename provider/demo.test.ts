import { createServer, Server } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { PortUnavailable, startDemo } from './demo.ts'
import { demoStartFromEnv } from './demo-env.ts'
import { isPortTaken } from './loopback-server.ts'
import { freePorts, startTestDemo } from './test-client.ts'

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
  const failureOf = (env: Readonly<Record<string, string>>) =>
    startDemo({ ...demoStartFromEnv(env), serve: 'dist' }).catch((error: unknown) => error)

  it.each(['APP_PORT', 'PROVIDER_PORT', 'RESOURCE_PORT'])(
    'a taken port is named with its variable %s, before anything starts',
    async variable => {
      await holding('127.0.0.1', async port => {
        const { appPort, providerPort, resourcePort } = await freePorts()
        const failure = await failureOf({
          APP_PORT: `${appPort}`,
          PROVIDER_PORT: `${providerPort}`,
          RESOURCE_PORT: `${resourcePort}`,
          [variable]: `${port}`,
        })
        expect(failure).toBeInstanceOf(PortUnavailable)
        expect(String(failure)).toMatch(new RegExp(`Port ${port} is taken.*${variable}`))
        expect(String(failure)).not.toContain('\n')
      })
    },
  )

  it.each([
    ['PROVIDER_PORT', { APP_PORT: '19098', PROVIDER_PORT: '19098' }],
    ['RESOURCE_PORT', { APP_PORT: '19097', PROVIDER_PORT: '19098', RESOURCE_PORT: '19098' }],
  ])('a port that is asked for twice is named with the second variable, %s', async (variable, env) => {
    const failure = await failureOf(env)
    expect(failure).toBeInstanceOf(PortUnavailable)
    expect(String(failure)).toMatch(new RegExp(`Port 19098 is taken.*${variable}`))
  })

  it('where no variable decides, none is named', async () => {
    await holding('127.0.0.1', async port => {
      const failure = await startDemo({ providerPort: port, serve: 'none' }).catch((error: unknown) => error)
      expect(failure).toEqual(new PortUnavailable(`Port ${port} is taken. Stop what uses it.`))
    })
  })

  it('a port that needs more rights is not called taken', async () => {
    const { appPort: port } = await freePorts()
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
      const refusal = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' })
      queueMicrotask(() => this.emit('error', refusal))
      return this
    })
    expect(await failureOf({ APP_PORT: `${port}` })).toEqual(
      new PortUnavailable(
        `Port ${port} needs more rights than this process has. Give them, or choose another port with APP_PORT.`,
      ),
    )
    await expect(isPortTaken(port)).rejects.toThrow('EACCES')
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
      EXTRA_APP_ORIGINS: 'http://localhost:4, http://localhost:5,',
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
    [{ EXTRA_APP_ORIGINS: 'localhost:5174' }, /EXTRA_APP_ORIGINS.*http:\/\/localhost:5174.*"localhost:5174"/],
    [{ EXTRA_APP_ORIGINS: 'http://localhost:4,http://localhost:5174/' }, /EXTRA_APP_ORIGINS.*slash.*5174\/"/],
    [{ EXTRA_APP_ORIGINS: 'https://a.example; script-src *' }, /EXTRA_APP_ORIGINS/],
    [{ EXTRA_APP_ORIGINS: 'ws://localhost:5174' }, /EXTRA_APP_ORIGINS/],
  ])('%o is refused by name', (env, message) => {
    expect(() => demoStartFromEnv(env)).toThrow(message)
  })
})
