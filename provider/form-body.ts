/** The form of a POST request: read once, looked at by all steps, and handed on to the library as a fresh stream. */
import { IncomingMessage } from 'node:http'
import type { Context } from './oidc-provider.ts'

/** The library's own limit. */
const limit = 56 * 1024

const forms = new WeakMap<Context['res'], { raw: string; read: string; params: URLSearchParams }>()

/** The body as text. @throws Error when it is longer than 56 kB */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // Read to its end all the same: a request that is left takes the connection down, and the answer with it.
    if (size <= limit) chunks.push(bytes)
  }
  if (size > limit) throw new Error('request entity too large')
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Reads an urlencoded body; any other body is left untouched for the library to refuse.
 * @throws Error when it is longer than 56 kB
 */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  const known = forms.get(ctx.res)
  if (known) return known.params
  const isForm = ctx.method === 'POST' && ctx.is('application/x-www-form-urlencoded') !== false
  const raw = isForm ? await readBody(ctx.req) : ''
  const params = new URLSearchParams(raw)
  if (isForm) forms.set(ctx.res, { raw, read: params.toString(), params })
  return params
}

/** The form that was read: steps may edit it before it is handed on. Empty when there is none. */
export function formOf(ctx: Context): URLSearchParams {
  return forms.get(ctx.res)?.params ?? new URLSearchParams()
}

/** The form as it was sent. */
export function sentFormOf(ctx: Context): URLSearchParams {
  return new URLSearchParams(forms.get(ctx.res)?.raw)
}

/** Gives the request to the library with an unread body: the form as it is now. */
export function handOnForm(ctx: Context): void {
  const form = forms.get(ctx.res)
  if (!form) return
  const now = form.params.toString()
  handOn(ctx, ctx.method, ctx.url, now === form.read ? form.raw : now)
}

/** Replaces the request by another one with this method, address and urlencoded body. */
export function handOn(ctx: Context, method: string, url: string, body: string): void {
  const bytes = Buffer.from(body, 'utf8')
  const fresh = new IncomingMessage(ctx.req.socket)
  const headers = { ...ctx.req.headers }
  delete headers['transfer-encoding']
  fresh.method = method
  fresh.url = url
  fresh.headers = {
    ...headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(bytes.length),
  }
  fresh.httpVersion = ctx.req.httpVersion
  fresh.push(bytes)
  fresh.push(null)
  // An incomplete message takes its socket down when it is thrown away.
  fresh.complete = true
  ctx.req = fresh
  ctx.request.req = fresh
}
