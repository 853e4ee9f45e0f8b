/**
 * A real Ory Hydra: built by the machine's own Go from its module, so that its settings count, and started twice on
 * loopback with databases in memory: once as it should be, once with PKCE left off, which is a setting of the server.
 */
import { access, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Daemon, run, startDaemon } from './command.ts'
import { allowIfAsked } from './consent.ts'
import { CookieJar } from './cookie-jar.ts'
import { startHydraPages } from './hydra-pages.ts'
import type { Person, Ports, Started } from './provider.ts'
import { until } from './until.ts'

const version = process.env['HYDRA_VERSION'] ?? 'v2.3.0'
const person: Person = { login: 'carla', password: 'password', name: 'Carla Muñoz Åström' }
const clientId = 'pkce-lens'
const scope = 'openid profile email offline_access'

/** Hydra's own go.mod replaces this module, and a replacement counts only in the module that is built. */
const module = `module hydra

go 1.23

require github.com/ory/hydra/v2 ${version}

replace github.com/gobuffalo/pop/v6 => github.com/ory/pop/v6 v6.2.1-0.20241121111754-e5dfc0f3344b
`
const program = `package main

import "github.com/ory/hydra/v2/cmd"

func main() { cmd.Execute() }
`

/** @returns the server program, built once below `home`, or why it cannot be had here */
async function build(home: string, print: (line: string) => void): Promise<{ server: string } | string> {
  const folder = join(home, `hydra-${version}`)
  const server = join(folder, 'hydra')
  if (
    await access(server).then(
      () => true,
      () => false,
    )
  )
    return { server }
  if ((await run('go', ['version'])).code !== 0)
    return 'Go is not installed; it builds github.com/ory/hydra/v2'
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'go.mod'), module)
  await writeFile(join(folder, 'main.go'), program)
  print(`building Hydra ${version}, which takes some minutes`)
  for (const step of [
    ['mod', 'tidy'],
    ['build', '-tags', 'sqlite', '-o', 'hydra', '.'],
  ]) {
    const { code, output } = await run('go', step, { cwd: folder })
    if (code !== 0) throw new Error(`go ${step[0]} ended with code ${code}: ${output.slice(-500)}`)
  }
  return { server }
}

interface Instance {
  readonly name: string
  readonly port: number
  readonly admin: number
  readonly pages: number
  readonly appOrigin: string
  readonly requiresPkce: boolean
}

/** JSON is YAML. */
function configuration({ name, port, admin, pages, appOrigin, requiresPkce }: Instance): string {
  const page = (kind: string) => `http://localhost:${pages}/${name}/${kind}`
  return JSON.stringify({
    dsn: 'memory',
    serve: {
      public: { host: '127.0.0.1', port, cors: { enabled: true, allowed_origins: [appOrigin] } },
      admin: { host: '127.0.0.1', port: admin },
      cookies: { same_site_mode: 'Lax' },
    },
    urls: {
      self: { issuer: `http://localhost:${port}` },
      login: page('login'),
      consent: page('consent'),
      logout: page('logout'),
      error: page('error'),
    },
    secrets: { system: ['only-for-a-throwaway-instance'] },
    ttl: { access_token: '5m' },
    oauth2: { pkce: { enforced_for_public_clients: requiresPkce } },
    log: { level: 'warn' },
    sqa: { opt_out: true },
  })
}

async function register(admin: number, appOrigin: string): Promise<void> {
  const response = await fetch(`http://localhost:${admin}/admin/clients`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_name: 'PKCE Lens',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope,
      redirect_uris: [`${appOrigin}/callback`, `${appOrigin}/silent-callback.html`],
      post_logout_redirect_uris: [`${appOrigin}/`],
    }),
  })
  if (response.status !== 201) throw new Error(`the client could not be registered: ${await response.text()}`)
}

async function startInstance(server: string, folder: string, instance: Instance): Promise<Daemon> {
  const { name, port, admin, appOrigin } = instance
  const file = join(folder, `${name}.json`)
  await writeFile(file, configuration(instance))
  const daemon = startDaemon(server, ['serve', 'all', '--dev', '-c', file], { cwd: folder })
  try {
    await until(
      `Hydra (${name}) answers with metadata`,
      async () => (await fetch(`http://localhost:${port}/.well-known/openid-configuration`)).ok,
      { within: 120_000, failed: daemon.ended },
    )
    await register(admin, appOrigin)
  } catch (error) {
    await daemon.stop()
    throw error
  }
  return daemon
}

function unusedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Password, then consent, then back. A page that knows the person already is not shown. */
async function signInByHttp(request: URL, redirectUri: string): Promise<URL> {
  const jar = new CookieJar()
  const fields = { username: person.login, password: person.password }
  let at = await jar.follow(request, redirectUri)
  for (let pages = 0; pages < 2 && 'page' in at; pages++)
    at = await jar.follow(at.at, redirectUri, { method: 'POST', body: new URLSearchParams(fields) })
  if ('callback' in at) return at.callback
  throw new Error(`Hydra did not send back after the consent (${at.at.pathname})`)
}

/** Password, and consent unless this person has allowed it before. */
async function signInOnPage(page: Page): Promise<boolean> {
  await page.getByLabel('Username').fill(person.login)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const allow = page.getByRole('button', { name: 'Allow' })
  await allowIfAsked(allow, url => !/\/(login|consent)$/.test(url.pathname))
  return true
}

/**
 * Builds and starts Hydra.
 * @param home git-ignored folder
 * @returns the running provider, or why it was not run
 */
export async function startHydra(
  home: string,
  ports: Ports,
  appOrigin: string,
  print: (line: string) => void,
): Promise<Started> {
  const built = await build(home, print)
  if (typeof built === 'string') return { notRun: built }
  const folder = join(home, `hydra-${version}`)
  const pages = await unusedPort()
  const strict = {
    name: 'strict',
    port: ports.provider,
    admin: ports.management,
    pages,
    appOrigin,
    requiresPkce: true,
  }
  const loose = {
    ...strict,
    name: 'loose',
    port: await unusedPort(),
    admin: await unusedPort(),
    requiresPkce: false,
  }
  const closing: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    const admins = Object.fromEntries(
      [strict, loose].map(({ name, admin }) => [name, `http://localhost:${admin}`]),
    )
    closing.push((await startHydraPages({ port: pages, admins, person, email: 'carla@example.test' })).close)
    for (const instance of [strict, loose]) {
      print(`starting Hydra ${version} (${instance.name}), port ${instance.port}`)
      closing.push((await startInstance(built.server, folder, instance)).stop)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    title: `Hydra ${version}`,
    issuer: `http://localhost:${strict.port}`,
    pages: `http://localhost:${pages}`,
    person,
    scope,
    client: clientId,
    clientWrongOrigin: null,
    pkceOff: { issuer: `http://localhost:${loose.port}`, client: clientId, verdict: 'not-blocked' },
    renewsBy: 'refresh token',
    recognisedAs: 'Ory Hydra',
    silent: 'cookie',
    endSession: 'get and post',
    signInByHttp,
    signInOnPage,
    signOutOnPage: async () => {},
    stop,
  }
}
