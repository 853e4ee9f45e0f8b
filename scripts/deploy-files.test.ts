import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deployFiles, writeDeployFiles } from './deploy-files.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'
import { namedOrigin, strictOrigins } from './strict-origins.ts'

const script = fileURLToPath(new URL('deploy-files.ts', import.meta.url))
const tsx = import.meta.resolve('tsx')

describe('files for static hosts', () => {
  test.each([...deployFiles({ origins: null })])('%s is what the script would write', (path, content) => {
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('WEB-01: no inline code, nothing by default, Trusted Types required', () => {
    const policy = contentSecurityPolicy(false, { origins: null })
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
  })

  test('WEB-11: only the silent callback may be framed, by this origin', () => {
    expect(securityHeaders('/')['Content-Security-Policy']).toContain("frame-ancestors 'none'")
    expect(securityHeaders('/callback')['Content-Security-Policy']).toContain("frame-ancestors 'none'")
    expect(securityHeaders('/silent-callback.html')['Content-Security-Policy']).toContain(
      "frame-ancestors 'self'",
    )
  })

  test('the strict variant names the origins of one provider and no scheme', async () => {
    await whileAnswering(metadata, async issuer => {
      const origins = await strictOrigins(JSON.stringify({ issuer, profile_url: 'http://127.0.0.1:10/me' }))
      expect(origins).toEqual(['http://127.0.0.1:10', issuer, 'https://par.example'].toSorted())
      const policy = contentSecurityPolicy(false, { origins })
      expect(policy).toContain(`connect-src 'self' ${origins.join(' ')};`)
      expect(policy).toContain(`img-src 'self' data: ${origins.join(' ')};`)
      // Every directive, also one that comes later: no scheme alone, and no port or host left open.
      expect(policy).not.toMatch(/https:[ ;]|\*/)
    })
  })

  test('hosts of profile pictures are added to the pictures and to nothing else', () => {
    const pictures = [namedOrigin('pictures', 'https://a.example/me.png')]
    const policy = contentSecurityPolicy(false, { origins: ['https://id.example'], pictures })
    expect(policy).toContain("img-src 'self' data: https://id.example https://a.example;")
    expect(policy.split('a.example')).toHaveLength(2)
    for (const odd of ['https://*', 'https://a.example;script-src', 'https://$host', 'https://a"b'])
      for (const option of ['pictures', 'pages'] as const)
        expect(() => namedOrigin(option, odd)).toThrow(`${odd} is no address that can be pinned.`)
    expect(namedOrigin('pictures', 'https://[2001:db8::1]:8443/a')).toBe('https://[2001:db8::1]:8443')
    for (const none of ['data:image/png', 'a.example'])
      expect(() => namedOrigin('pictures', none)).toThrow(
        `--pictures takes an address like https://pictures.example, not ${none}`,
      )
  })

  test('sign-in pages of their own origin are added to what frames and forms pass through', () => {
    const pages = [namedOrigin('pages', 'https://login.example/signin')]
    const policy = contentSecurityPolicy(false, { origins: ['https://id.example'], pages })
    for (const directive of ['frame-src', 'form-action'])
      expect(policy).toContain(`${directive} 'self' https://id.example https://login.example;`)
    expect(policy.split('login.example')).toHaveLength(3)
  })

  test('without an issuer to pin, pictures may come from where the providers of the world are', () => {
    const policy = contentSecurityPolicy(false, { origins: null })
    expect(policy).toContain(
      "img-src 'self' data: https: http://localhost:* http://*.localhost:* http://127.0.0.1:*;",
    )
  })
})

const metadata: Answer = issuer => ({
  body: JSON.stringify({
    issuer,
    token_endpoint: `${issuer}/token`,
    pushed_authorization_request_endpoint: 'https://par.example/par',
  }),
})

type Answer = (issuer: string) => { readonly status?: number; readonly body: string }

/** A provider of which there is nothing but its metadata. */
async function whileAnswering(answer: Answer, run: (issuer: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    const { status = 200, body } = answer(issuer)
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  try {
    await run(issuer)
  } finally {
    await new Promise(resolve => server.close(resolve))
  }
}

describe('somebody’s own files', () => {
  /** A project with built files and one configuration. */
  function project(issuer: string): string {
    const root = mkdtempSync(join(tmpdir(), 'deploy-files-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    mkdirSync(join(root, 'dist'))
    writeFileSync(join(root, 'dist/index.html'), '')
    writeFileSync(join(root, 'dist/config.json'), JSON.stringify({ issuer, client_id: 'a' }))
    return root
  }
  const strict = ['--strict', 'dist/config.json']
  const places = [
    'dist/_headers',
    'dist/_redirects',
    'deploy/own/nginx.conf',
    'deploy/own/Caddyfile',
    'deploy/own/cloudfront-headers.json',
  ]

  test('pinned: the two files that a host reads there in dist/, the others outside what is served', async () => {
    await whileAnswering(metadata, async issuer => {
      const root = project(issuer)
      const args = [...strict, '--pictures', 'https://a.example', '--pictures', 'https://b.example']
      args.push('--pages', 'https://login.example')
      expect(await writeDeployFiles({ args, basePath: undefined, root })).toEqual(places)
      expect(readFileSync(join(root, 'dist/_headers'), 'utf8')).toContain(
        `img-src 'self' data: ${issuer} https://par.example https://a.example https://b.example;`,
      )
      expect(readFileSync(join(root, 'dist/_headers'), 'utf8')).toContain(
        `frame-src 'self' ${issuer} https://par.example https://login.example;`,
      )
      for (const path of places.filter(each => !each.endsWith('_redirects')))
        expect(readFileSync(join(root, path), 'utf8')).toContain(`connect-src 'self' ${issuer}`)
      expect(readdirSync(join(root, 'dist')).toSorted()).toEqual([
        '_headers',
        '_redirects',
        'config.json',
        'index.html',
      ])
    })
  })

  test.each<readonly [string, Answer, RegExp]>([
    ['an error', () => ({ status: 503, body: '' }), /metadata cannot be read: .* answers 503\.$/],
    ['a web page', () => ({ body: '<html>' }), /openid-configuration is not JSON\.$/],
    [
      'another issuer',
      () => ({ body: '{"issuer":"https://b.example"}' }),
      /names the issuer https:\/\/b\.ex/,
    ],
    ...['https://*', "https://a;script-src'self'", 'https://$h', 'https://{a}', 'data:a'].map(
      (odd): readonly [string, Answer, RegExp] => [
        `one that would undo the policy (${odd})`,
        issuer => ({ body: JSON.stringify({ issuer, token_endpoint: odd }) }),
        /^.*is no address that can be pinned\.$/,
      ],
    ),
  ])('nothing is written when the metadata is %s', async (_name, answer, words) => {
    await whileAnswering(answer, async issuer => {
      const root = project(issuer)
      await expect(writeDeployFiles({ args: strict, basePath: undefined, root })).rejects.toThrow(words)
      expect(readdirSync(root)).toEqual(['dist'])
    })
  })

  test.each([
    [strict, undefined, 'metadata cannot be read'],
    [['--strict'], undefined, '--strict dist/config.json'],
    [['--strict', 'dist/none.json'], undefined, 'no dist/none.json'],
    [['--pages', 'https://login.example'], undefined, '--strict dist/config.json'],
    [[...strict, '--pages', 'login.example'], undefined, '--pages takes an address'],
    [[], 'lens', 'BASE_PATH'],
  ])('%j and the base path %j: nothing is written', async (args, basePath, words) => {
    const root = project('http://127.0.0.1:9')
    await expect(writeDeployFiles({ args, basePath, root })).rejects.toThrow(words)
    expect(readdirSync(root)).toEqual(['dist'])
  })

  test.each([
    [['--strict'], {}, '--strict dist/config.json'],
    [[], { BASE_PATH: 'lens' }, 'BASE_PATH'],
  ])('the command with %j and %j says it in one line, and exits with 1', (args, env, words) => {
    const root = project('https://id.example')
    const { status, stderr } = spawnSync(process.execPath, ['--import', tsx, script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(words)])
    expect(status).toBe(1)
  })

  test('without built files there is nothing to put them in', async () => {
    const root = project('https://id.example')
    rmSync(join(root, 'dist'), { recursive: true })
    await expect(writeDeployFiles({ args: [], basePath: '/lens/', root })).rejects.toThrow('npm run build')
  })

  test('under a base path every file speaks of that path', async () => {
    const root = project('https://id.example')
    expect(await writeDeployFiles({ args: [], basePath: '/lens/', root })).toEqual(places)
    const [headers, redirects, nginx, caddy] = places.map(path => readFileSync(join(root, path), 'utf8'))
    expect(headers?.match(/^\/.*$/gm)).toEqual([
      '/lens/*',
      '/lens/assets/*',
      '/lens/silent-callback.html',
      '/lens/silent-callback',
    ])
    expect(redirects).toBe('/lens/* /lens/index.html 200\n')
    expect(nginx?.match(/^ {2}location .*$/gm)).toEqual([
      '  location = /lens {',
      '  location /lens/ {',
      '  location /lens/assets/ {',
      '  location = /lens/silent-callback.html {',
    ])
    expect(nginx).toContain('try_files $uri /lens/index.html;')
    expect(caddy?.match(/path \/.*$/gm)).toEqual([
      'path /lens/silent-callback.html',
      'path /lens/assets/*',
      'path /lens/silent-callback.html',
      'path /lens/assets/*',
    ])
    expect(caddy).toContain('try_files {path} /lens/index.html')
  })
})
