/**
 * The shipped configurations of nginx and Caddy, and those for a base path, with the real programs: sign-in works,
 * the headers come, nothing is violated.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'
import { deployFiles } from '../scripts/deploy-files.ts'
import { onPath } from '../scripts/programs.ts'
import { securityHeaders } from '../scripts/security-headers.ts'
import { portsOf, signInAtProvider } from './app.ts'

const dist = resolve('dist')

/** nginx keeps its own list where each system wants it. */
const types =
  'text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; font/woff2 woff2;'

interface Host {
  readonly name: 'nginx' | 'caddy'
  /** What `npm run deploy-files` writes for it. */
  readonly file: string
  /**
   * Writes the configuration into the folder.
   * @param site the folder that is served
   * @returns what the program is called with
   */
  configure(folder: string, port: number, text: string, site: string): readonly string[]
}

const hosts: readonly Host[] = [
  {
    name: 'nginx',
    file: 'deploy/nginx.conf',
    configure(folder, port, text, site) {
      const server = text.replace('listen 8080', `listen 127.0.0.1:${port}`).replace('/srv/pkce-lens', site)
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map(name => `${name}_temp_path ${folder}/${name};`)
        .join('\n')
      writeFileSync(
        join(folder, 'nginx.conf'),
        `user root; daemon off; pid ${folder}/pid; error_log stderr; events {}
http { types { ${types} } access_log off; ${temporary}
${server}}`,
      )
      return ['-p', folder, '-c', join(folder, 'nginx.conf')]
    },
  },
  {
    name: 'caddy',
    file: 'deploy/Caddyfile',
    configure(folder, port, text, site) {
      const server = text.replace(':8080', `http://localhost:${port}`).replace('/srv/pkce-lens', site)
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${server}`)
      return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']
    },
  },
]

interface Running {
  readonly origin: string
  stop(): Promise<void>
}

/**
 * Starts a host that serves a copy of the built files.
 * @param program its path
 * @param text its configuration
 * @param base where in its site the files stand
 * @throws Error with what the program said, when it ends or does not answer
 */
async function serve(
  { configure }: Host,
  program: string,
  port: number,
  text: string,
  base: string,
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'pkce-lens-deploy-'))
  const site = join(folder, 'site')
  cpSync(dist, join(site, base), { recursive: true })
  // Something else may answer at this port.
  const start = randomUUID()
  writeFileSync(join(site, base, 'start.txt'), start)
  const child = spawn(program, configure(folder, port, text, site), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<void>(done => {
    child.once('error', error => {
      said += error.message
    })
    child.once('close', () => done())
  })
  const stop = async () => {
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const origin = `http://localhost:${port}`
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const isThere = async () => {
    const answer = await fetch(`${origin}${base}start.txt`).catch(() => null)
    return (await answer?.text()) === start
  }
  await expect
    .poll(async () => hasEnded() || (await isThere()), { timeout: 20_000 })
    .toBe(true)
    .catch(() => {})
  if (!hasEnded() && (await isThere())) return { origin, stop }
  await stop()
  throw new Error(`${program} does not serve its files at port ${port}. It said: ${said}`)
}

/** Collects what the page's own rules refused, on every page of this context. */
async function watchViolations(page: Page): Promise<() => string[]> {
  const seen: string[] = []
  await page.exposeFunction('reportViolation', (text: string) => seen.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      const report: unknown = Reflect.get(window, 'reportViolation')
      if (typeof report === 'function')
        report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  page.on('console', message => {
    if (/Content Security Policy|Trusted/.test(message.text())) seen.push(message.text())
  })
  return () => seen
}

for (const host of hosts) {
  const program = onPath(host.name)
  if (program === null) continue
  test.describe(host.name, () => {
    let server: Running | undefined
    let demo: Demo | undefined
    let origin: string

    test.beforeAll(async () => {
      const ports = portsOf(test.info().parallelIndex, 5800)
      demo = await startDemo({ ...ports, serve: 'none' })
      server = await serve(host, program, ports.appPort, readFileSync(host.file, 'utf8'), '/')
      origin = server.origin
    })

    test.afterAll(async () => {
      await server?.stop()
      await demo?.close()
    })

    test('WEB-01, WEB-03: every page and flow without a violation', async ({ page }) => {
      const violations = await watchViolations(page)
      await page.route('**/config.json', route => route.fulfill({ json: demo?.config }))
      for (const address of ['/', '/provider', '/experiments', '/nowhere', '/deep/er']) {
        await page.goto(origin + address)
        await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
      }
      await page.goto(`${origin}/profile`)
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click()
      await signInAtProvider(page)
      await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
      await page.reload()
      await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
      await page.getByRole('button', { name: 'Refresh token' }).click()
      await expect(page.getByText('renewed 1 time')).toBeVisible()
      await page.getByRole('link', { name: 'Flow' }).click()
      await expect(page.getByRole('list', { name: 'Protocol messages' })).toBeVisible()
      for (const tab of ['HTTP', 'Checks', 'Code', 'Explain'])
        await page.getByRole('tab', { name: tab }).click()
      await page.getByRole('link', { name: 'Profile' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page.getByRole('button', { name: /^Sign in/ })).toBeVisible()
      await page.goto(`${origin}/callback?code=a&state=b`)
      await expect(page.locator('[role=alert]')).toBeVisible()
      expect(violations()).toEqual([])
    })

    test('WEB-05, WEB-11: the headers of every kind of answer', async ({ request }) => {
      for (const address of ['/', '/callback', '/profile', '/silent-callback.html', '/deep/er']) {
        const headers = (await request.get(origin + address)).headers()
        for (const [name, value] of Object.entries(securityHeaders(address)))
          expect(headers[name.toLowerCase()], `${address} ${name}`).toBe(value)
        expect(headers['cache-control']).toBe('no-store')
      }
      const [, script] =
        (await (await request.get(`${origin}/`)).text()).match(/src="(\/assets\/[^"]+\.js)"/) ?? []
      expect((await request.get(origin + script)).headers()['cache-control']).toContain('immutable')
      const missing = await request.get(`${origin}/assets/of-yesterday.js`)
      expect(missing.headers()['cache-control'] ?? 'nothing', 'a missing file').not.toContain('immutable')
    })

    test('WEB-11: the app cannot be framed; the silent callback can, only by the app', async ({ page }) => {
      await page.route('https://evil.example/', route =>
        route.fulfill({
          contentType: 'text/html',
          body: `<iframe id=app src="${origin}/"></iframe><iframe id=silent src="${origin}/silent-callback.html"></iframe>`,
        }),
      )
      await page.goto('https://evil.example/')
      const framedText = async (id: string) => {
        const frame = await (await page.locator(`#${id}`).elementHandle())?.contentFrame()
        await frame?.waitForLoadState()
        return frame?.evaluate(() => document.body.textContent ?? '').catch(() => '')
      }
      expect(await framedText('app')).not.toContain('PKCE')
      expect(await framedText('silent')).not.toContain('Signed in')
    })

    test('WEB-05, WEB-11: under a base path every address and its headers', async ({ request }) => {
      const base = '/lens/'
      const text = deployFiles({ origins: null }, base).get(host.file) ?? ''
      const { appPort } = portsOf(test.info().parallelIndex, 5800)
      const { origin: at, stop } = await serve(host, program, appPort + 3, text, base)
      try {
        for (const name of ['', 'callback', 'profile', 'silent-callback.html', 'deep/er', 'config.json']) {
          const answer = await request.get(at + base + name)
          expect(answer.status(), name).toBe(200)
          for (const [header, value] of Object.entries(securityHeaders(base + name)))
            expect(answer.headers()[header.toLowerCase()], `${name} ${header}`).toBe(value)
          expect(answer.headers()['cache-control'], name).toBe('no-store')
        }
        const [, script] = readFileSync(join(dist, 'index.html'), 'utf8').match(/assets\/([^"]+\.js)"/) ?? []
        const asset = await request.get(`${at}${base}assets/${script}`)
        expect([asset.status(), asset.headers()['cache-control']]).toEqual([
          200,
          'public, max-age=31536000, immutable',
        ])
        const bare = await request.get(`${at}/lens`, { maxRedirects: 0 })
        expect([bare.status(), bare.headers()['location']]).toEqual([301, base])
        expect((await request.get(`${at}/elsewhere`)).status()).toBe(404)
      } finally {
        await stop()
      }
    })
  })
}
