/**
 * A real Spring Authorization Server: its jars fetched by the machine's own Maven client, so that its settings count,
 * around the small program in `spring-server`, compiled and started on loopback.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { run, startDaemon } from './command.ts'
import { allowIfAsked } from './consent.ts'
import { CookieJar } from './cookie-jar.ts'
import type { Person, Ports, Started } from './provider.ts'
import { until } from './until.ts'

const classpathOf = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath'
const person: Person = { login: 'carla', password: 'password', name: 'Carla Muñoz Åström' }
const source = join(import.meta.dirname, 'spring-server')

/** @returns what `java` needs to start the program, or why it cannot be had here */
async function compile(
  folder: string,
  print: (line: string) => void,
): Promise<{ classpath: string; version: string } | string> {
  for (const [tool, argument] of [
    ['javac', '-version'],
    ['mvn', '--version'],
  ] as const)
    if ((await run(tool, [argument])).code !== 0) return `${tool} is not installed`
  await mkdir(folder, { recursive: true })
  const list = join(folder, 'classpath.txt')
  print('fetching spring-boot-starter-oauth2-authorization-server and what it needs')
  const options = [
    '-B',
    '-q',
    '-ntp',
    '-f',
    join(source, 'pom.xml'),
    classpathOf,
    `-Dmdep.outputFile=${list}`,
  ]
  const fetched = await run('mvn', options, { cwd: folder })
  if (fetched.code !== 0) throw new Error(`Maven could not fetch Spring (exit code ${fetched.code})`)
  const jars = (await readFile(list, 'utf8')).trim()
  const classes = join(folder, 'classes')
  const compiled = await run('javac', ['-d', classes, '-cp', jars, join(source, 'Server.java')])
  if (compiled.code !== 0) throw new Error(`javac: ${compiled.output.slice(-500)}`)
  const version = /spring-security-oauth2-authorization-server-([\d.]+)\.jar/.exec(jars)?.[1] ?? ''
  return { classpath: `${classes}:${jars}`, version }
}

const field = (html: string, name: string) =>
  new RegExp(`name="${name}"[^>]*value="([^"]+)"`).exec(html)?.[1]?.replaceAll('&#61;', '=') ?? ''

/** Password, then consent with all scopes, as the two pages of Spring would send them. */
async function signInByHttp(request: URL, redirectUri: string): Promise<URL> {
  const jar = new CookieJar()
  const first = await jar.follow(request, redirectUri, { headers: { Accept: 'text/html' } })
  if ('callback' in first) return first.callback
  const password = new URLSearchParams({
    username: person.login,
    password: person.password,
    _csrf: field(await first.page.text(), '_csrf'),
  })
  const second = await jar.follow(first.at, redirectUri, { method: 'POST', body: password })
  if ('callback' in second) return second.callback
  const consent = new URLSearchParams({
    client_id: request.searchParams.get('client_id') ?? '',
    state: field(await second.page.text(), 'state'),
  })
  for (const scope of ['profile', 'email']) consent.append('scope', scope)
  const address = new URL(request.pathname, request)
  const third = await jar.follow(address, redirectUri, { method: 'POST', body: consent })
  if ('callback' in third) return third.callback
  throw new Error(`Spring did not send back after the consent (status ${third.page.status})`)
}

/** Password, and consent unless this person has given it before. */
async function signInOnPage(page: Page): Promise<boolean> {
  const { origin } = new URL(page.url())
  await page.locator('#username').fill(person.login)
  await page.locator('#password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await allowIfAsked(
    page.locator('#submit-consent'),
    url => url.origin !== origin,
    async () => {
      for (const scope of await page.locator('input[name=scope]:enabled').all()) await scope.check()
    },
  )
  return true
}

/**
 * Compiles and starts the server.
 * @param home git-ignored folder
 * @returns the running provider, or why it was not run
 */
export async function startSpring(
  home: string,
  ports: Ports,
  appOrigin: string,
  print: (line: string) => void,
): Promise<Started> {
  const folder = join(home, 'spring')
  const compiled = await compile(folder, print)
  if (typeof compiled === 'string') return { notRun: compiled }
  const { classpath, version } = compiled
  const issuer = `http://localhost:${ports.provider}`
  print(`starting Spring Authorization Server ${version}, port ${ports.provider}`)
  const daemon = startDaemon('java', ['-Xmx384m', '-cp', classpath, 'lens.Server'], {
    cwd: folder,
    env: {
      APP_ORIGIN: appOrigin,
      ISSUER: issuer,
      SERVER_ADDRESS: '127.0.0.1',
      SERVER_PORT: String(ports.provider),
    },
  })
  try {
    await until(
      'Spring answers with metadata',
      async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).ok,
      { within: 300_000, failed: daemon.ended },
    )
  } catch (error) {
    await daemon.stop()
    throw error
  }
  return {
    title: `Spring Authorization Server ${version}`,
    issuer,
    pages: issuer,
    person,
    scope: 'openid profile email',
    client: 'pkce-lens',
    clientWrongOrigin: null,
    pkceOff: { issuer, client: 'pkce-lens-pkce-off', verdict: 'blocked' },
    recognisedAs: 'Spring Authorization Server',
    renewsBy: 'hidden frame',
    silent: 'cookie',
    endSession: 'get and post',
    signInByHttp,
    signInOnPage,
    signOutOnPage: async () => {},
    stop: daemon.stop,
  }
}
