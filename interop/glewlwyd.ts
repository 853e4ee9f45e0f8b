/** A real Glewlwyd from Debian, on loopback, with a throwaway configuration and SQLite database. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { run, startDaemon } from './command.ts'
import { CookieJar } from './cookie-jar.ts'
import { freshWorkspace, type Unpacked, unpackGlewlwyd } from './glewlwyd-package.ts'
import { configure, tellApi } from './glewlwyd-setup.ts'
import type { Person, Ports, Started } from './provider.ts'
import { until } from './until.ts'

const person: Person = { login: 'carla', password: 'password', name: 'Carla Muñoz Åström' }
const clientId = 'pkce-lens'
const scope = 'openid profile email'

const mimeTypes = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

function configuration(unpacked: Unpacked, port: number, database: string, pages: string): string {
  const modules = join(unpacked.folder, 'usr', 'lib', 'glewlwyd')
  const types = Object.entries(mimeTypes).map(
    ([extension, type]) => `{ extension = "${extension}"; mime_type = "${type}"; }`,
  )
  return `port=${port}
bind_address="127.0.0.1"
external_url="http://localhost:${port}"
login_url="login.html"
api_prefix="api"
static_files_path="${pages}/"
allow_origin="*"
log_mode="console"
log_level="WARNING"
cookie_secure=0
session_key="GLEWLWYD_SESSION"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="${modules}/user"
user_middleware_module_path="${modules}/user_middleware"
client_module_path="${modules}/client"
user_auth_scheme_module_path="${modules}/scheme"
plugin_module_path="${modules}/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "${database}"; };
static_files_mime_types = ( ${types.join(', ')} );
`
}

/** The sign-in page is a script on its own API; these are the calls it makes: password, consent, go on. */
async function signInByHttp(api: string, request: URL, redirectUri: string): Promise<URL> {
  const jar = new CookieJar()
  const first = await jar.follow(request, redirectUri)
  if ('callback' in first) return first.callback
  await tellApi(jar, 'POST', `${api}/auth/`, { username: person.login, password: person.password })
  await tellApi(jar, 'PUT', `${api}/auth/grant/${clientId}`, { scope })
  const second = await jar.follow(new URL(`${request.href}&g_continue`), redirectUri)
  if ('callback' in second) return second.callback
  throw new Error(`Glewlwyd did not send back after the password (${second.at.pathname})`)
}

/** Password and consent where they are asked, then "Continue", which is always asked. */
async function signInOnPage(page: Page): Promise<boolean> {
  const goOn = page.getByRole('button', { name: 'Continue' })
  const login = page.locator('#username')
  await login.or(goOn).first().waitFor()
  const asked = await login.isVisible()
  if (asked) {
    await login.fill(person.login)
    await page.locator('#password').fill(person.password)
    await page.locator('#loginbut').click()
    await goOn.waitFor()
  }
  const grant = page.getByRole('button', { name: 'Grant access' })
  if (await grant.isVisible()) {
    for (const box of await page.locator('input[id^="grant-"]:enabled').all()) await box.check()
    await grant.click()
    await grant.waitFor({ state: 'hidden' })
  }
  await goOn.click()
  return asked
}

async function signOutOnPage(page: Page): Promise<void> {
  await page.locator('button.btn-danger:not(.dropdown-toggle)').click()
}

/**
 * Unpacks and starts Glewlwyd.
 * @param home git-ignored folder
 * @returns the running provider, or why it was not run
 */
export async function startGlewlwyd(
  home: string,
  ports: Ports,
  appOrigin: string,
  print: (line: string) => void,
): Promise<Started> {
  await mkdir(home, { recursive: true })
  const unpacked = await unpackGlewlwyd(home, print)
  if (typeof unpacked === 'string') return { notRun: unpacked }
  const work = join(home, 'glewlwyd-work')
  const space = await freshWorkspace(unpacked, work)
  await mkdir(join(unpacked.folder, 'usr', 'lib', 'glewlwyd', 'user_middleware'), { recursive: true })
  const file = join(work, 'glewlwyd.conf')
  await writeFile(file, configuration(unpacked, ports.provider, space.database, space.pages))
  const environment = { LD_LIBRARY_PATH: unpacked.libraries }
  const version = /[\d.]+/.exec((await run(unpacked.server, ['-v'], { env: environment })).output)?.[0] ?? ''
  print(`starting Glewlwyd ${version}, port ${ports.provider}`)
  const daemon = startDaemon(unpacked.server, ['-c', file], { cwd: work, env: environment })
  const api = `http://localhost:${ports.provider}/api`
  const issuer = `${api}/oidc`
  try {
    await until(
      'Glewlwyd answers',
      async () => (await fetch(`http://localhost:${ports.provider}/login.html`)).ok,
      { within: 60_000, failed: daemon.ended },
    )
    await configure(new CookieJar(), { api, clientId, appOrigin, person, email: 'carla@example.test' })
    await until(
      'Glewlwyd answers with metadata',
      async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).ok,
      {
        within: 60_000,
        failed: daemon.ended,
      },
    )
  } catch (error) {
    await daemon.stop()
    throw error
  }
  return {
    title: `Glewlwyd ${version}`,
    issuer,
    pages: new URL(issuer).origin,
    person,
    scope,
    client: clientId,
    clientWrongOrigin: null,
    pkceOff: { issuer: `${api}/loose`, client: clientId, verdict: 'not-blocked' },
    renewsBy: 'refresh token',
    recognisedAs: null,
    silent: 'id_token_hint',
    endSession: 'get only',
    signInByHttp: (request, redirectUri) => signInByHttp(api, request, redirectUri),
    signInOnPage,
    signOutOnPage,
    stop: daemon.stop,
  }
}
