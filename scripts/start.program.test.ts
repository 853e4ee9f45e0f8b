import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isPortTaken } from '../provider/loopback-server.ts'
import { oddTargets, statusOf } from '../provider/raw-request.test-data.ts'
import { freePorts } from '../provider/test-client.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

function run(env: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: root,
    env: { ...process.env, ...env },
  })
}

/** Windows has no signals: a program that is sent one is ended there and then, with no code of its own. */
const codeAfterSignal = process.platform === 'win32' ? null : 0

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Waits for the end. @param onOutput sees everything printed so far */
function ended(
  child: ChildProcessWithoutNullStreams,
  onOutput: (out: string) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      onOutput(out)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', code => resolve({ code, out, err }))
  })
}

async function environment(): Promise<Record<string, string>> {
  const { appPort, providerPort, resourcePort } = await freePorts()
  return {
    APP_PORT: String(appPort),
    PROVIDER_PORT: String(providerPort),
    RESOURCE_PORT: String(resourcePort),
  }
}

describe('npm start', () => {
  it.each(['APP_PORT', 'PROVIDER_PORT', 'RESOURCE_PORT'])(
    'a taken port gives one line that names it and %s, and exit code 1',
    async variable => {
      const holder = createServer()
      await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve))
      const address = holder.address()
      const port = typeof address === 'object' && address ? String(address.port) : ''
      try {
        const { code, err, out } = await ended(run({ ...(await environment()), [variable]: port }))
        expect(err.trim().split('\n')).toEqual([expect.stringMatching(new RegExp(`${port}.*${variable}`))])
        expect([code, out]).toEqual([1, ''])
      } finally {
        await new Promise(resolve => holder.close(resolve))
      }
    },
    60_000,
  )

  it('prints one address, serves the configuration of this start there, and Ctrl-C stops all of it', async () => {
    const env = await environment()
    const child = run(env)
    const origin = `http://localhost:${env['APP_PORT']}`
    let config: Promise<unknown> | null = null
    const { code, err, out } = await ended(child, printed => {
      if (config !== null || !printed.includes('Ctrl-C')) return
      config = fetch(`${origin}/config.json`).then(answer => answer.json())
      void config.finally(() => child.kill('SIGINT'))
    })
    expect([code, err]).toEqual([codeAfterSignal, ''])
    expect(out.match(/https?:\/\/\S+/g)).toEqual([`${origin}/`])
    expect(out).toContain('Accounts: alice and bob, password: password')
    expect(await config).toMatchObject({
      issuer: `http://localhost:${env['PROVIDER_PORT']}`,
      client_id: 'pkce-lens',
    })
    for (const port of Object.values(env)) expect(await isPortTaken(Number(port))).toBe(false)
  }, 120_000)

  it('no request line ends it: app, provider and API answer all of them', async () => {
    const env = await environment()
    const child = run(env)
    const origins = Object.values(env).map(port => `http://localhost:${port}`)
    const ask = async () => {
      for (const origin of origins)
        for (const target of [...oddTargets, '/'])
          if ((await statusOf(origin, target)) === null) throw new Error(`${origin} is silent at ${target}`)
    }
    let asked: Promise<void> | null = null
    const { code } = await ended(child, printed => {
      if (asked !== null || !printed.includes('Ctrl-C')) return
      asked = ask()
      void asked.finally(() => child.kill('SIGINT')).catch(() => {})
    })
    await asked
    expect(code).toBe(codeAfterSignal)
  }, 120_000)
})
