/** The fetches of a story as HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), for other tools. */
import type { HttpRequest, HttpResponse } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { type ExportOptions, exportedMessages } from './export-options.ts'
import { isRequest, type Message } from './message.ts'
import { troubleOf } from './warnings.ts'

const version = '1.2'

/** The text of the `.har` file. Front-channel messages are entries too: the browser made those requests. */
export function exportHar(trace: Trace, options: ExportOptions): string {
  const messages = exportedMessages(trace, options)
  const entries = messages.flatMap(message => {
    const request = requestOf(message)
    return request === null || message.at === null ? [] : [entry(message, request, message.at, messages)]
  })
  const comment =
    options.secrets === 'raw'
      ? 'Holds codes and tokens. Do not share.'
      : 'Secrets are replaced by their length and the start of their SHA-256.'
  const log = { version, creator: { name: 'PKCE Lens', version: '1' }, pages: [], entries, comment }
  return JSON.stringify({ log }, null, 2)
}

/** The request of a message that is one; an answer belongs to the entry of its request. */
function requestOf(message: Message): HttpRequest | null {
  if (message.status === 'paused') return null
  if (message.channel === 'back' && isRequest(message.kind)) return message.request
  if (message.channel !== 'front' || message.url === null) return null
  return message.request ?? { method: 'GET', url: message.url, headers: {}, body: null }
}

function entry(message: Message, request: HttpRequest, at: number, messages: readonly Message[]) {
  const time = message.duration ?? 0
  const answer = messages.find(other => other.answers === message.id && other.channel === 'back')
  return {
    startedDateTime: new Date(Number.isFinite(new Date(at).valueOf()) ? at : 0).toISOString(),
    time,
    request: harRequest(request),
    response: harResponse(message.channel === 'back' ? (answer?.response ?? message.response) : null),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: [message.number, message.label, troubleOf(message)?.code]
      .filter(part => part !== undefined)
      .join(' '),
  }
}

function harRequest(request: HttpRequest) {
  const type = header(request.headers, 'content-type') ?? 'application/x-www-form-urlencoded'
  return {
    method: request.method,
    url: request.url,
    httpVersion: 'unknown',
    cookies: [],
    headers: pairs(request.headers),
    queryString: [...(URL.canParse(request.url) ? new URL(request.url).searchParams : [])].map(
      ([name, value]) => ({ name, value }),
    ),
    ...(request.body === null ? {} : { postData: { mimeType: type, params: [], text: request.body } }),
    headersSize: -1,
    bodySize: request.body === null ? 0 : bytes(request.body),
  }
}

/** Status 0 and -1 sizes are how HAR says: not seen. */
function harResponse(response: HttpResponse | null) {
  const body = response?.body ?? ''
  return {
    status: response?.status ?? 0,
    statusText: '',
    httpVersion: 'unknown',
    cookies: [],
    headers: response === null ? [] : pairs(response.headers),
    content: {
      size: bytes(body),
      mimeType: response === null ? 'x-unknown' : (header(response.headers, 'content-type') ?? 'x-unknown'),
      text: body,
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: response === null ? -1 : bytes(body),
  }
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

function pairs(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
