/**
 * The shipped configurations of nginx and Caddy, and those for a base path, with the real programs: sign-in works,
 * the headers come, nothing is violated.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'
import { deployFiles } from '../scripts/deploy-files.ts'
import { securityHeaders } from '../scripts/security-headers.ts'
import { signInAtProvider } from './app.ts'

const dist = resolve('dist')

/** The program's path; null where it is not installed (`e2e/build.ts` installs it on Debian as root). */
function program(name: string): string | null {
  try {
    return (
      execFileSync('which', [name], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim() || null
    )
  } catch {
    return null
  }
}

interface Host {
  readonly name: 'nginx' | 'caddy'
  readonly port: number
  /** What `npm run deploy-files` writes for it. */
  readonly file: string
  /** @param site the folder that is served */
  start(path: string, folder: string, port: number, text: string, site: string): ChildProcess
}

const hosts: readonly Host[] = [
  {
    name: 'nginx',
    port: 5820,
    file: 'deploy/nginx.conf',
    start(path, folder, port, text, site) {
      const server = text.replace('listen 8080', `listen 127.0.0.1:${port}`).replace('/srv/pkce-lens', site)
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map(name => `${name}_temp_path ${folder}/${name};`)
        .join('\n')
      writeFileSync(
        join(folder, 'nginx.conf'),
        `user root; daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { include /etc/nginx/mime.types; access_log off; ${temporary}
${server}}`,
      )
      return spawn(path, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
    },
  },
  {
    name: 'caddy',
    port: 5830,
    file: 'deploy/Caddyfile',
    start(path, folder, port, text, site) {
      const server = text.replace(':8080', `http://localhost:${port}`).replace('/srv/pkce-lens', site)
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${server}`)
      return spawn(path, ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
        stdio: 'ignore',
        env: { ...process.env, HOME: folder },
      })
    },
  },
]

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
  const path = program(host.name)
  if (path === null) continue
  test.describe(host.name, () => {
    let folder: string
    let server: ChildProcess
    let demo: Demo
    const origin = `http://localhost:${host.port}`

    test.beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), `pkce-lens-${host.name}-`))
      demo = await startDemo({
        appPort: host.port,
        providerPort: host.port + 1,
        resourcePort: host.port + 2,
        serve: 'none',
      })
      server = host.start(path, folder, host.port, readFileSync(host.file, 'utf8'), dist)
      await expect(async () => {
        expect((await fetch(`${origin}/`)).status).toBe(200)
      }).toPass()
    })

    test.afterAll(async () => {
      server.kill()
      await demo.close()
      rmSync(folder, { recursive: true, force: true })
    })

    test('WEB-01, WEB-03: every page and flow without a violation', async ({ page }) => {
      const violations = await watchViolations(page)
      await page.route('**/config.json', route => route.fulfill({ json: demo.config }))
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
      const place = mkdtempSync(join(tmpdir(), `pkce-lens-${host.name}-base-`))
      const text = deployFiles({ origins: null }, base).get(host.file) ?? ''
      cpSync(dist, join(place, 'site/lens'), { recursive: true })
      const below = host.start(path, place, host.port + 3, text, join(place, 'site'))
      try {
        const at = `http://localhost:${host.port + 3}`
        await expect(async () => {
          expect((await fetch(at + base)).status).toBe(200)
        }).toPass()
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
        below.kill()
        rmSync(place, { recursive: true, force: true })
      }
    })
  })
}
