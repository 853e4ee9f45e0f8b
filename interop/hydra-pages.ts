/**
 * Hydra knows no people: who signs in, what they allow and what is told of them are pages of one's own, which speak
 * to its administration API. These are the smallest that are true: a password is asked for, and consent.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listenOnLoopback, type RunningServer } from '../provider/loopback-server.ts'
import type { Person } from './provider.ts'

export interface PagesOptions {
  readonly port: number
  /** Addresses of the administration APIs that may send people here, without a slash at the end. */
  readonly admins: Readonly<Record<string, string>>
  readonly person: Person
  readonly email: string
}

type Kind = 'login' | 'consent' | 'logout'
type Answer = Readonly<Record<string, unknown>>

const subject = randomUUID()

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null

/** @throws Error with Hydra's own words when it says no */
async function tell(address: string, body?: unknown): Promise<Answer> {
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok || !isAnswer(answer))
    throw new Error(`${new URL(address).pathname}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const part of request) text += String(part)
  return new URLSearchParams(text)
}

function show(response: ServerResponse, title: string, fields: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(
    `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><form method="post">${fields}</form></html>`,
  )
}

const passwordFields = `<label>Username <input name="username" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button>`

/** What Hydra is told when the person said yes, or has said so before. */
function acceptance(kind: Kind, asked: Answer, { person, email }: PagesOptions): unknown {
  if (kind === 'login') return { subject, remember: true, remember_for: 3_600 }
  if (kind === 'logout') return {}
  return {
    grant_scope: asked['requested_scope'],
    grant_access_token_audience: asked['requested_access_token_audience'],
    remember: true,
    remember_for: 3_600,
    session: { id_token: { name: person.name, email, email_verified: true } },
  }
}

/** Starts the pages: `/<name>/login`, `/<name>/consent` and `/<name>/logout`, a name for each administration API. */
export function startHydraPages(options: PagesOptions): Promise<RunningServer> {
  const { port, admins, person } = options

  return listenOnLoopback(async (request, response, { pathname, searchParams }) => {
    const [, name = '', kind] = pathname.split('/')
    const admin = admins[name]
    if (admin === undefined || (kind !== 'login' && kind !== 'consent' && kind !== 'logout')) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end(searchParams.toString())
      return
    }
    const challenge = `${kind}_challenge=${encodeURIComponent(searchParams.get(`${kind}_challenge`) ?? '')}`
    const asked = await tell(`${admin}/admin/oauth2/auth/requests/${kind}?${challenge}`)
    const form = request.method === 'POST' ? await formOf(request) : null
    const known =
      form?.get('username') === person.login && form.get('password') === person.password && kind === 'login'
    if (kind === 'logout' || asked['skip'] === true || known || (kind === 'consent' && form !== null)) {
      const { redirect_to: next } = await tell(
        `${admin}/admin/oauth2/auth/requests/${kind}/accept?${challenge}`,
        acceptance(kind, asked, options),
      )
      response.writeHead(302, { Location: String(next) }).end()
    } else if (kind === 'login') show(response, 'Sign in', passwordFields)
    else show(response, 'Allow access?', '<button>Allow</button>')
  }, port)
}
