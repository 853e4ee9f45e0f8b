import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import {
  failurePlaces,
  held,
  refresh,
  signIn,
  signOut,
  silentWithoutSession,
  use,
} from '../trace/fixtures.test-data.ts'
import { exportTrace } from '../trace/trace-file.ts'
import { exportHar } from './export-har.ts'
import { exportMarkdown } from './export-markdown.ts'
import { exportMermaid } from './export-mermaid.ts'
import type { ExportOptions } from './export-options.ts'
import { expectation, fingerprint, traceOf } from './fixtures.test-data.ts'

const redacted: ExportOptions = { secrets: 'redacted', fingerprint, expectation }
const raw: ExportOptions = { ...redacted, secrets: 'raw' }
const texts = { har: exportHar, mermaid: exportMermaid, markdown: exportMarkdown }

async function stories() {
  const good = await signIn({ usePar: true, useDpop: true, userinfo: true })
  const renewed = await refresh(good.flow, good.values.refreshToken)
  const whole = {
    steps: [
      ...good.steps,
      ...renewed.steps,
      ...use(renewed.accessToken),
      ...signOut(good.flow, { ...good.values, ...renewed }),
    ],
    secrets: [...good.secrets, ...renewed.secrets],
  }
  const failed = await Promise.all(failurePlaces.map(failAt => signIn({ failAt })))
  return [whole, ...failed, await signIn({ tamper: true }), await held(), await silentWithoutSession()]
}

describe('WEB-19, TOK-13: nothing secret leaves', () => {
  test('no text of any story is in any export', { timeout: 120_000 }, async () => {
    for (const { steps, secrets } of await stories()) {
      const trace = traceOf(steps)
      const all = [
        ...Object.values(texts).map(write => write(trace, redacted)),
        exportTrace(trace, { secrets: 'redacted', fingerprint, now: 0 }),
      ]
      for (const text of all)
        for (const secret of secrets) {
          expect(text).not.toContain(secret)
          expect(text).not.toContain(encodeURIComponent(secret))
        }
    }
  })

  test('nor when only a part of the story is there, or no hash is known', { timeout: 120_000 }, async () => {
    const all = await stories()
    const steps = all.flatMap(story => story.steps)
    const secrets = all.flatMap(story => story.secrets)
    fc.assert(
      fc.property(fc.subarray(steps, { minLength: 1, maxLength: 60 }), fc.boolean(), (some, hashed) => {
        const options = hashed ? redacted : { ...redacted, fingerprint: () => null }
        const text = Object.values(texts)
          .map(write => write(traceOf(some), options))
          .join('')
        expect(secrets.filter(secret => text.includes(secret) && isNamed(secret, some))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('raw is raw, and says so', async () => {
    const { steps, values } = await signIn()
    const har = exportHar(traceOf(steps), raw)
    expect(har).toContain(values.accessToken)
    expect(har).toContain('Do not share')
    const markdown = exportMarkdown(traceOf(steps), raw)
    expect(markdown).toContain(values.verifier)
    expect(markdown).toContain('Do not share')
    expect(exportMermaid(traceOf(steps), raw)).not.toContain(values.verifier)
  })
})

/** A code that an error text repeats cannot be told from other words when no step that names it is there. */
function isNamed(secret: string, some: readonly Step[]): boolean {
  return some.some(step => step.kind !== 'failed' && JSON.stringify(step).includes(secret))
}

describe('HAR 1.2', () => {
  test('has one entry for each request, with its answer', async () => {
    const { steps } = await signIn()
    const { log } = JSON.parse(exportHar(traceOf(steps), redacted))
    expect(log.version).toBe('1.2')
    expect(log.creator).toEqual({ name: 'PKCE Lens', version: '1' })
    const lines = log.entries.map(
      (entry: { request: { method: string; url: string }; response: { status: number } }) =>
        `${entry.request.method} ${new URL(entry.request.url).pathname} ${entry.response.status}`,
    )
    expect(lines).toEqual([
      'GET /.well-known/openid-configuration 200',
      'GET /authorize 0',
      'GET /callback 0',
      'POST /token 200',
      'GET /jwks 200',
      'GET /user/profile 200',
    ])
  })

  test('every entry has the fields that the format requires', async () => {
    for (const { steps } of await stories()) {
      const { log } = JSON.parse(exportHar(traceOf(steps), redacted))
      for (const entry of log.entries) {
        expect(Object.keys(entry)).toEqual(
          expect.arrayContaining(['startedDateTime', 'time', 'request', 'response', 'cache', 'timings']),
        )
        expect(Object.keys(entry.request)).toEqual(
          expect.arrayContaining([
            'method',
            'url',
            'httpVersion',
            'cookies',
            'headers',
            'queryString',
            'headersSize',
            'bodySize',
          ]),
        )
        expect(Object.keys(entry.response)).toEqual(
          expect.arrayContaining([
            'status',
            'statusText',
            'httpVersion',
            'cookies',
            'headers',
            'content',
            'redirectURL',
            'headersSize',
            'bodySize',
          ]),
        )
        expect(new Date(entry.startedDateTime).toISOString()).toBe(entry.startedDateTime)
        expect(entry.time).toBe(entry.timings.send + entry.timings.wait + entry.timings.receive)
      }
    }
  })
})

describe('what was not sent', () => {
  test('is no request of the archive and no arrow, held or dropped', async () => {
    const { steps } = await held()
    const last = steps.at(-1)
    if (last === undefined) throw new Error('nothing is held')
    const { flow, flowType, at } = last
    const failed = { flow, flowType, at, kind: 'failed', during: 'token_request' } as const
    for (const told of [steps, [...steps, { ...failed, error: { code: 'message_dropped' } }]]) {
      expect(exportHar(traceOf(told), redacted)).not.toContain('"POST"')
      expect(exportMermaid(traceOf(told), redacted)).toContain('  Note over app: 4.1 POST /token, not sent')
      expect(exportMarkdown(traceOf(told), redacted)).toContain('### 4.1 POST /token, not sent')
    }
  })
})

describe('Mermaid', () => {
  test('is a titled sequence diagram with the real origins, the acts, the channels', async () => {
    const lines = exportMermaid(traceOf((await signIn()).steps), redacted).split('\n')
    expect(lines.slice(0, 7)).toEqual([
      'sequenceDiagram',
      '  accTitle: A sign-in with OAuth 2.0, OpenID Connect and PKCE',
      expect.stringMatching(/^ {2}accDescr: 18 messages and checks\. 1\.1 GET/),
      '  participant you as You',
      '  participant app as App (http://localhost:5173)',
      '  participant as as Authorization server (http://localhost:9000)',
      '  participant rs as Resource server (http://localhost:9001)',
    ])
    expect(lines.filter(each => each.startsWith('  Note over you,rs:'))).toHaveLength(5)
    expect(lines.slice(3).find(each => each.includes('GET /authorize'))).toMatch(
      /^ {2}app-->>as: 2\.1 GET \/authorize, code_challenge [0-9a-f]{4}/,
    )
    expect(lines.slice(3).find(each => each.includes('4.1 POST /token'))).toMatch(/^ {2}app->>as: /)
  })

  test('a lost request and a refusal are drawn as such', async () => {
    expect(exportMermaid(traceOf((await signIn({ failAt: 'token_network' })).steps), redacted)).toContain(
      '  app-xas: 4.1 POST /token',
    )
    const refused = exportMermaid(traceOf((await signIn({ failAt: 'state' })).steps), redacted)
    expect(refused).toContain('accTitle: A sign-in that stopped at 3.2: auth_response_state_mismatch')
    expect(refused).toContain('  Note over app: Stopped here: auth_response_state_mismatch')
    expect(refused).toContain('(does not fit)')
  })

  test('text from outside cannot write lines of its own', async () => {
    const { steps } = await signIn()
    const hostile = steps.map(step =>
      step.kind === 'profile_request'
        ? {
            ...step,
            request: {
              ...step.request,
              url: 'http://localhost:9001/a;b#c\n  you->>app: <b>forged</b>%%{init}',
            },
          }
        : step,
    )
    const text = exportMermaid(traceOf(hostile), redacted)
    expect(text).not.toMatch(/^\s*you->>app: /m)
    expect(text).not.toContain('<b>')
    expect(text.split('\n').filter(each => each.includes(';') && !/#\d+;/.test(each))).toEqual([])
  })
})

describe('Markdown', () => {
  test('tells the story act by act, with the checks', async () => {
    const text = exportMarkdown(traceOf((await signIn()).steps), redacted)
    expect(text).toMatch(/^# A sign-in with OAuth 2\.0/)
    expect(text.match(/^## .*/gm)).toEqual([
      '## Prepare',
      '## Authorize',
      '## Return',
      '## Exchange',
      '## Use',
    ])
    expect(text).toContain('### 4.1 POST /token')
    expect(text).toMatch(/\| IDT-14 holds \| passed \| nonce [0-9a-f]{4} \| nonce [0-9a-f]{4} \|/)
  })

  test('a stop is named with its code', async () => {
    expect(exportMarkdown(traceOf((await signIn({ failAt: 'iss' })).steps), redacted)).toContain(
      '**Stopped here:** `auth_response_issuer_mismatch`',
    )
  })

  test('text from outside stays text', async () => {
    const { steps } = await signIn({ failAt: 'iss' })
    const hostile = steps.map(step =>
      step.kind === 'authorization_response_checked'
        ? {
            ...step,
            checks: step.checks.map(check => ({
              ...check,
              received: '<img src=x> | `x` [a](javascript:1)\n# Title',
            })),
          }
        : step,
    )
    const text = exportMarkdown(traceOf(hostile), redacted)
    expect(text).toContain('\\<img src=x\\> \\| \\`x\\` \\[a\\](javascript:1) \\# Title')
    expect(text).not.toMatch(/^# Title/m)
  })
})
