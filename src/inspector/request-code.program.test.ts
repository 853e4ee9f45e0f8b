import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../oauth/step.ts'
import { of } from '../sequence/fixtures.test-data.ts'
import { s256, signIn } from '../trace/fixtures.test-data.ts'
import { hashLine } from './code-recipes.ts'
import { jsExpression, shellWord, type Template } from './code-template.ts'
import { valuesNear } from './flow-values.ts'
import { curlFor, fetchFor } from './request-code.ts'
import { snippetsFor } from './snippets.ts'
import { messagesOf, wholeStory } from './story.test-data.ts'

const run = promisify(execFile)
const { messages, secrets } = await wholeStory()

/** What a POSIX shell makes of a script, with these variables set. */
async function bash(script: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    NO_PROXY: '*',
    no_proxy: '*',
    LC_ALL: 'C.UTF-8',
    ...variables,
  }
  const { stdout } = await run('bash', ['-c', script], { env: environment })
  return stdout
}

interface Arrived {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

let server: Server
let origin = ''
let arrived: Arrived[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      arrived.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      response.end('ok')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  origin = `http://127.0.0.1:${address.port}`
})

afterAll(() => new Promise(resolve => server.close(resolve)))

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** The variables of a story, as a person would set them. */
function variablesOf(request: HttpRequest, names: readonly string[]): Record<string, string> {
  const carried = messages.flatMap(message => message.carried)
  const proof = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'dpop')?.[1]
  return Object.fromEntries(
    names.map(name => {
      if (name === 'dpop_proof') return [name, proof ?? '']
      const inRequest = carried.find(
        ({ value, text }) =>
          value === name &&
          text !== null &&
          `${request.url}${request.body}${Object.values(request.headers)}`.includes(text),
      )
      return [name, inRequest?.text ?? '']
    }),
  )
}

const sent = messages.filter(message => message.kind.endsWith('_request') && message.request !== null)

describe('cURL lines, run by bash', () => {
  it.each(sent.map(message => [message.kind, message] as const))(
    '%s arrives as it was sent',
    async (_, message) => {
      const request = message.request
      if (request === null) throw new Error('no request')
      const here = { ...request, url: request.url.replace(/^http:\/\/localhost:\d+/, origin) }
      const code = curlFor(here, valuesNear(message, messages), 'http://localhost:5173')
      for (const secret of secrets) expect(code.text).not.toContain(secret)
      arrived = []
      await bash(code.text, variablesOf(request, code.variables))
      const [got] = arrived
      if (got === undefined) throw new Error('nothing arrived')
      const asked = new URL(here.url)
      expect(got.method).toBe(request.method)
      expect(got.url.split('?')[0]).toBe(asked.pathname)
      expect([...new URLSearchParams(got.url.split('?')[1])]).toEqual([...asked.searchParams])
      expect([...new URLSearchParams(got.body)]).toEqual([...new URLSearchParams(request.body ?? '')])
      for (const [name, value] of Object.entries(request.headers))
        expect(got.headers[name.toLowerCase()]).toBe(value)
      expect(got.headers['origin']).toBe('http://localhost:5173')
    },
  )

  it('a hostile parameter stays a parameter', async () => {
    const value = `a'b"c$(touch x)\`id\`;&|<>\\ \n%41+@é{}[]*!`
    const body = String(
      new URLSearchParams([
        ['scope', value],
        ['scope', ''],
        ['@f', '=x'],
        ['', 'y'],
      ]),
    )
    const request = {
      method: 'POST',
      url: `${origin}/token?a=[1-3]{b}`,
      headers: {
        'X-Test': `it's "$HOME"`,
        'X-Empty': '',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
    }
    arrived = []
    await bash(curlFor(request, [], null).text, {})
    expect(arrived).toHaveLength(1)
    expect([...new URLSearchParams(arrived[0]?.body)]).toEqual([...new URLSearchParams(body)])
    expect(arrived[0]?.headers['x-test']).toBe(`it's "$HOME"`)
    expect(arrived[0]?.headers['x-empty']).toBe('')
    expect(arrived[0]?.url).toBe('/token?a=[1-3]{b}')
  })

  it('a body that is no form arrives byte by byte', async () => {
    const request = {
      method: 'PUT',
      url: `${origin}/notes`,
      headers: { 'content-type': 'application/json' },
      body: `@{"a":"it's"}`,
    }
    arrived = []
    await bash(curlFor(request, [], null).text, {})
    expect(arrived[0]).toMatchObject({ method: 'PUT', body: request.body })
  })
})

describe('the hash line, run by bash', () => {
  it('PKCE-04: gives the challenge of RFC 7636 Appendix B', async () => {
    const out = await bash(hashLine, { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' })
    expect(out.trim()).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  })

  it('PKCE-03: the line that makes a verifier makes a good one, and its challenge', async () => {
    const created = of(messages, 'pkce_created')
    const shell = snippetsFor(created, messages, origin).find(({ id }) => id === 'shell')?.text ?? ''
    const out = await bash(`${shell}\nprintf %s "$code_verifier"`, {})
    const [challenge = '', verifier = ''] = out.split('\n')
    expect(verifier).toMatch(/^[\w-]{43}$/)
    expect(challenge).toBe(await s256(verifier))
  })
})

describe('fetch calls, run', () => {
  it.each(sent.map(message => [message.kind, message] as const))(
    '%s asks for the same',
    async (_, message) => {
      const request = message.request
      if (request === null) throw new Error('no request')
      const code = fetchFor(request, valuesNear(message, messages))
      for (const secret of secrets) expect(code.text).not.toContain(secret)
      const values = variablesOf(request, code.variables)
      const asked = await runScript(code.text, values)
      expect(asked.method).toBe(request.method)
      expect([...new URL(asked.url).searchParams]).toEqual([...new URL(request.url).searchParams])
      expect(asked.url.split('?')[0]).toBe(request.url.split('?')[0])
      expect([...new URLSearchParams(await asked.text())]).toEqual([
        ...new URLSearchParams(request.body ?? ''),
      ])
      for (const [name, value] of Object.entries(request.headers))
        if (name !== 'content-type') expect(asked.headers.get(name)).toBe(value)
    },
  )
})

/** Runs generated code with a fetch that keeps the request. */
async function runScript(text: string, variables: Readonly<Record<string, string>>): Promise<Request> {
  const names = Object.keys(variables)
  const body = `return (async () => { ${text}\n return response })()`
  const script: unknown = Reflect.construct(Function, ['fetch', ...names, body])
  if (typeof script !== 'function') throw new Error('no function')
  const found: unknown = await Reflect.apply(script, null, [
    (url: string, init: RequestInit) => new Request(url, init),
    ...Object.values(variables),
  ])
  if (!(found instanceof Request)) throw new Error('no request')
  return found
}

describe('quoting', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0')),
    fc.constantFrom({ variable: 'V' }, { variable: 'W' }),
  )
  const template: fc.Arbitrary<Template> = fc.array(part, { maxLength: 5 })
  const variables = { V: `va'l $(x)`, W: '' }
  const filled = (parts: Template) =>
    parts
      .map(each => (typeof each === 'string' ? each : each.variable === 'V' ? variables.V : variables.W))
      .join('')

  it('a shell word is one word with its variables filled in, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(template, { minLength: 60, maxLength: 90 }), async templates => {
        const words = templates.map(parts => shellWord(parts)).join(' ')
        const out = await bash(`printf '%s\\0' ${words}`, variables)
        expect(out.split('\0').slice(0, -1)).toEqual(templates.map(filled))
      }),
      { numRuns: 6 },
    )
  })

  it('a JavaScript expression has the value of the template, whatever the text', () => {
    fc.assert(
      fc.property(template, parts => {
        const script: unknown = Reflect.construct(Function, ['V', 'W', `return ${jsExpression(parts)}`])
        if (typeof script !== 'function') throw new Error('no function')
        expect(Reflect.apply(script, null, [variables.V, variables.W])).toBe(filled(parts))
      }),
    )
  })
})

describe('what is offered', () => {
  it('for a check its own code, for a page nothing, for an answer the request and how to read it', async () => {
    const plain = await messagesOf((await signIn()).steps)
    const labels = (kind: Parameters<typeof of>[1]) =>
      snippetsFor(of(plain, kind), plain, origin).map(({ label }) => label)
    expect(labels('pkce_compared')).toEqual(['openssl', 'JavaScript'])
    expect(labels('sign_in_page')).toEqual([])
    expect(labels('token_response')).toEqual(['cURL', 'fetch'])
    expect(labels('authorization_request')).toEqual(['cURL', 'JavaScript'])
    const [, script] = snippetsFor(of(plain, 'token_response'), plain, origin)
    expect(script?.text).toContain('await response.json()')
  })

  it('an answer without a body is not parsed', () => {
    const [, script] = snippetsFor(of(messages, 'revocation_response'), messages, origin)
    expect(script?.text).toContain('await fetch(')
    expect(script?.text).not.toContain('json()')
  })

  it('RT-06: of a renewal the nonce may be missing, of a sign-in it may not', () => {
    const checked = of(messages, 'id_token_checked')
    const scriptOf = (flowType: 'sign_in' | 'refresh') =>
      snippetsFor({ ...checked, flowType }, messages, origin).at(-1)?.text
    expect(scriptOf('sign_in')).toContain('if (payload.nonce !== kept.nonce)')
    expect(scriptOf('refresh')).toContain('if ((payload.nonce ?? kept.nonce) !== kept.nonce)')
    expect(scriptOf('refresh')).toContain('if (payload.sub !== kept.sub)')
  })

  it('every name that a script leaves open is said first', async () => {
    const plain = await messagesOf((await signIn()).steps)
    const names = ['answer', 'kept', 'kept_challenge', 'metadata', 'client_id', 'api_identifier']
    const open = plain.flatMap(message =>
      snippetsFor(message, plain, origin)
        .filter(({ id }) => id === 'script')
        .flatMap(({ text, variables }) =>
          names
            .filter(
              name => new RegExp(`\\b${name}\\b(?!['":])`).test(text) && !text.includes(`const ${name} =`),
            )
            .map(name => ({ kind: message.kind, name, isSaid: variables.includes(name) })),
        ),
    )
    expect(open.filter(({ isSaid }) => !isSaid)).toEqual([])
    expect([...new Set(open.map(({ name }) => name))].toSorted()).toEqual(names.toSorted())
  })

  it('TOK-13: no snippet of any message holds a secret', () => {
    for (const message of messages)
      for (const { text } of snippetsFor(message, messages, origin))
        for (const secret of secrets) expect(text).not.toContain(secret)
  })
})
