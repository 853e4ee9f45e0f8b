/**
 * A real Keycloak: fetched by its Maven coordinates with the machine's own Maven client, so that its settings count,
 * started on loopback with a database in memory and the realm of `keycloak-realm.json`.
 */
import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { run, startDaemon } from './command.ts'
import { CookieJar } from './cookie-jar.ts'
import type { Person, Ports, Started, Surprise } from './provider.ts'
import { until } from './until.ts'

const version = process.env['KEYCLOAK_VERSION'] ?? '26.7.3'
const oldestJava = 17
const unpack = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack'
const person: Person = { login: 'carla', password: 'password', name: 'Carla Muñoz Åström' }

const surprise = (of: string, cause: string, press: string): Surprise => ({
  client: `pkce-lens-${of}`,
  afterPassword: true,
  cause,
  press,
})

async function javaMajor(): Promise<number | null> {
  const { code, output } = await run('java', ['-version'])
  const found = /version "(\d+)/.exec(output)
  return code === 0 && found ? Number(found[1]) : null
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/**
 * Unpacks the distribution below `home` once.
 * @returns a sentence when this machine lacks the tool for it, null when it is there
 * @throws Error when the tool is there and the distribution cannot be had
 */
async function fetchDistribution(home: string, print: (line: string) => void): Promise<string | null> {
  const folder = join(home, `keycloak-${version}`)
  if (await exists(join(folder, 'bin', 'kc.sh'))) return null
  if ((await run('mvn', ['--version'])).code !== 0)
    return 'Maven (mvn) is not installed; it fetches org.keycloak:keycloak-quarkus-dist'
  const staging = join(home, 'keycloak-unpacking')
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`
  print(`fetching ${artifact}`)
  const options = ['-B', '-q', '-ntp', unpack, `-Dartifact=${artifact}`, `-DoutputDirectory=${staging}`]
  const fetched = await run('mvn', options, { cwd: staging })
  if (fetched.code !== 0) throw new Error(`Maven could not fetch ${artifact} (exit code ${fetched.code})`)
  await rename(join(staging, `keycloak-${version}`), folder)
  await rm(staging, { recursive: true, force: true })
  return null
}

/** Fills Keycloak's sign-in form over HTTP. A session that exists already answers without a form. */
async function signInByHttp(request: URL, redirectUri: string): Promise<URL> {
  const jar = new CookieJar()
  const first = await jar.follow(request, redirectUri)
  if ('callback' in first) return first.callback
  const html = await first.page.text()
  const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(html)?.[1]
  if (action === undefined) throw new Error(`Keycloak showed no sign-in form (status ${first.page.status})`)
  const form = new URL(action.replaceAll('&amp;', '&'), first.at)
  const second = await jar.follow(form, redirectUri, {
    method: 'POST',
    body: new URLSearchParams({ username: person.login, password: person.password, credentialId: '' }),
  })
  if ('callback' in second) return second.callback
  throw new Error(`Keycloak did not send back after the password (status ${second.page.status})`)
}

async function signInOnPage(page: Page): Promise<boolean> {
  await page.locator('#username').fill(person.login)
  await page.locator('#password').fill(person.password)
  await page.locator('#kc-login').click()
  return true
}

/** Keycloak asks only when it got no valid `id_token_hint`; the app sends one, so nothing is shown. */
async function signOutOnPage(_page: Page): Promise<void> {}

/**
 * Fetches and starts Keycloak.
 * @param home git-ignored folder for the distribution
 * @returns the running provider, or why it was not run
 */
export async function startKeycloak(
  home: string,
  ports: Ports,
  appOrigin: string,
  print: (line: string) => void,
): Promise<Started> {
  const java = await javaMajor()
  if (java === null) return { notRun: 'Java is not installed' }
  if (java < oldestJava)
    return { notRun: `Java ${java} is installed, Keycloak ${version} wants ${oldestJava} or newer` }
  await mkdir(home, { recursive: true })
  const missing = await fetchDistribution(home, print)
  if (missing !== null) return { notRun: missing }
  const folder = join(home, `keycloak-${version}`)
  const imports = join(folder, 'data', 'import')
  await mkdir(imports, { recursive: true })
  await copyFile(join(import.meta.dirname, 'keycloak-realm.json'), join(imports, 'lens-realm.json'))
  const issuer = `http://localhost:${ports.provider}/realms/lens`
  print(`starting Keycloak ${version} on Java ${java}, port ${ports.provider}`)
  const daemon = startDaemon(
    'bash',
    [
      'bin/kc.sh',
      'start-dev',
      '--db=dev-mem',
      '--http-host=127.0.0.1',
      `--http-port=${ports.provider}`,
      `--http-management-port=${ports.management}`,
      '--import-realm',
    ],
    { cwd: folder, env: { APP_ORIGIN: appOrigin, JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx768m' } },
  )
  try {
    await until(
      'Keycloak answers with the metadata of the realm',
      async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).ok,
      { within: 600_000, failed: daemon.ended },
    )
  } catch (error) {
    await daemon.stop()
    throw error
  }
  return {
    title: `Keycloak ${version}`,
    issuer,
    pages: new URL(issuer).origin,
    person,
    scope: 'openid profile email',
    client: 'pkce-lens',
    clientWrongOrigin: 'pkce-lens-no-cors',
    surprises: [
      surprise('audience', 'id_token_audience_untrusted', 'Trust orders-api'),
      surprise('dpop', 'dpop_demanded', 'Turn DPoP on'),
      { ...surprise('par', 'par_demanded', 'Turn pushed requests on'), afterPassword: false },
    ],
    pkceOff: { issuer, client: 'pkce-lens-pkce-off', verdict: 'not-blocked' },
    renewsBy: 'refresh token',
    recognisedAs: null,
    silent: 'cookie',
    endSession: 'get and post',
    signInByHttp,
    signInOnPage,
    signOutOnPage,
    stop: daemon.stop,
  }
}
