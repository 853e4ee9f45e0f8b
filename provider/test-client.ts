/** A small client for tests: asks, signs in, exchanges, calls the API, by plain HTTP against the running demo. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { type Demo, type DemoStart, startDemo } from './demo.ts'
import { clientId } from './options.ts'
import { type Shown, Visitor } from './visitor.ts'

export const s256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
export const random = (): string => randomBytes(32).toString('base64url')

/** A listener on a port that nobody has now. */
function hold(): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({ port, release: () => new Promise(done => probe.close(() => done())) })
    })
  })
}

/** Three ports that nobody has now: app, provider, API. */
export async function freePorts(): Promise<{ appPort: number; providerPort: number; resourcePort: number }> {
  const [app, provider, resource] = await Promise.all([hold(), hold(), hold()])
  await Promise.all([app.release(), provider.release(), resource.release()])
  return { appPort: app.port, providerPort: provider.port, resourcePort: resource.port }
}

/** The demo on free ports, without the app. */
export async function startTestDemo(start: DemoStart = {}): Promise<Demo> {
  return startDemo({ ...start, ...(await freePorts()), serve: 'none' })
}

export interface Asked {
  readonly url: URL
  readonly verifier: string
  readonly challenge: string
  readonly state: string
  readonly nonce: string
  readonly redirectUri: string
}

/** An authorization request; a null value leaves the parameter out. */
export function ask(demo: Demo, changes: Readonly<Record<string, string | null>> = {}): Asked {
  const verifier = random()
  const challenge = s256(verifier)
  const state = random()
  const nonce = random()
  const redirectUri = `${demo.appOrigin}/callback`
  const url = new URL(`${demo.issuer}/authorize`)
  const parameters: Record<string, string | null> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email read_profile',
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value)
  return { url, verifier, challenge, state, nonce, redirectUri }
}

/** Goes through sign-in and consent until the provider answers or shows something else. */
export async function walk(visitor: Visitor, address: URL, username = 'alice'): Promise<Shown> {
  let shown = await visitor.open(address)
  if (!shown.left && shown.text.includes('id="login"'))
    shown = await visitor.submit(shown, '/login', { login: username, password: 'password' })
  if (!shown.left && shown.text.includes('/consent"')) shown = await visitor.submit(shown, '/consent')
  return shown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly json: Readonly<Record<string, unknown>>
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const json: unknown = text === '' ? {} : JSON.parse(text)
  if (typeof json !== 'object' || json === null) throw new Error(`not an object: ${text}`)
  return { status: response.status, headers: response.headers, json: { ...json } }
}

/** A form by POST from the app's page. */
export async function post(
  demo: Demo,
  path: string,
  form: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerOf(
    await fetch(demo.issuer + path, {
      method: 'POST',
      headers: { origin: demo.appOrigin, accept: 'application/json', ...headers },
      body: new URLSearchParams(form),
    }),
  )
}

/** A call to the API, or to UserInfo, from the app's page. */
export async function call(
  address: string,
  demo: Demo,
  authorization: string | null,
  headers = {},
): Promise<Answer> {
  return answerOf(
    await fetch(address, {
      headers: { origin: demo.appOrigin, ...(authorization === null ? {} : { authorization }), ...headers },
    }),
  )
}

/** The token request for a code. */
export function exchange(
  demo: Demo,
  asked: Asked,
  code: string,
  changes: Readonly<Record<string, string | null>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form: Record<string, string | null> = {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: asked.redirectUri,
    code_verifier: asked.verifier,
    ...changes,
  }
  const sent = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) if (value !== null) sent.set(name, value)
  return post(demo, '/token', sent, headers)
}

export function refresh(
  demo: Demo,
  token: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return post(demo, '/token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: token,
    ...changes,
  })
}

/** The code of an answer. @throws Error when there is none */
export function codeOf(shown: Shown): string {
  const code = shown.url.searchParams.get('code')
  if (!shown.left || code === null) throw new Error(`no code at ${shown.url.href}: ${shown.text}`)
  return code
}

/** A text member of an answer. @throws Error when it is missing */
export function member(answer: Answer, name: string): string {
  const value = answer.json[name]
  if (typeof value !== 'string') throw new Error(`no ${name} in ${JSON.stringify(answer.json)}`)
  return value
}

/** A code by a new person who signs in and agrees. */
export async function freshCode(
  demo: Demo,
  changes: Readonly<Record<string, string | null>> = {},
): Promise<{ asked: Asked; code: string; visitor: Visitor }> {
  const visitor = new Visitor(demo.issuer)
  const asked = ask(demo, changes)
  return { asked, code: codeOf(await walk(visitor, asked.url)), visitor }
}

/** Tokens by a new person. */
export async function freshTokens(
  demo: Demo,
  changes: Readonly<Record<string, string | null>> = {},
): Promise<{
  asked: Asked
  visitor: Visitor
  tokens: Answer
  access: string
  refreshToken: string
  idToken: string
}> {
  const { asked, code, visitor } = await freshCode(demo, changes)
  const tokens = await exchange(demo, asked, code)
  return {
    asked,
    visitor,
    tokens,
    access: member(tokens, 'access_token'),
    refreshToken: member(tokens, 'refresh_token'),
    idToken: member(tokens, 'id_token'),
  }
}
