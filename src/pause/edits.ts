/** A held message as parameters that can be edited, and back: query, form body, JSON body, headers, status, address. */
import { jsonObject } from '../oauth/check.ts'
import type { HeldMessage, HttpRequest, HttpResponse } from '../oauth/step.ts'

export type Place = 'query' | 'form' | 'json' | 'header' | 'status'

export interface Field {
  /** Stable within one message: place, name, and which of that name. */
  readonly id: string
  readonly place: Place
  readonly name: string
  readonly value: string
}

const field = (place: Place, name: string, value: string, nth = 0): Field => ({
  id: `${place}:${name}:${nth}`,
  place,
  name,
  value,
})

function pairs(place: Place, parameters: URLSearchParams): Field[] {
  const seen = new Map<string, number>()
  return [...parameters].map(([name, value]) => {
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    return field(place, name, value, nth)
  })
}

const isForm = (request: Pick<HttpRequest, 'headers'>) =>
  /urlencoded/i.test(request.headers['content-type'] ?? '')

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Headers that carry something of the protocol. */
const editableHeader = /^(authorization|dpop)$/

/** The parts of a message that a person may change, in the order in which they travel. */
export function fieldsOf(message: HeldMessage): Field[] {
  switch (message.type) {
    case 'request': {
      const { url, headers, body } = message.request
      const shown = Object.entries(headers).filter(([name]) => editableHeader.test(name))
      return [
        ...pairs('query', new URL(url).searchParams),
        ...shown.map(([name, value]) => field('header', name, value)),
        ...(body !== null && isForm(message.request) ? pairs('form', new URLSearchParams(body)) : []),
      ]
    }
    case 'response':
      return [
        field('status', 'status', String(message.response.status)),
        ...Object.entries(jsonObject(message.response.body) ?? {}).map(([name, value]) =>
          field('json', name, asText(value)),
        ),
      ]
    case 'navigation':
      return [
        ...pairs('query', new URL(message.url).searchParams),
        ...(message.body === null ? [] : pairs('form', new URLSearchParams(message.body))),
      ]
    case 'callback':
      return pairs('query', new URL(message.url).searchParams)
  }
}

/** The message with these values; an empty value leaves a parameter empty, `null` takes it out. */
export function withFields(message: HeldMessage, values: ReadonlyMap<string, string | null>): HeldMessage {
  if (values.size === 0) return message
  const now = fieldsOf(message).flatMap(each => {
    const value = values.has(each.id) ? values.get(each.id) : each.value
    return value === null || value === undefined ? [] : [{ ...each, value }]
  })
  const of = (place: Place) => now.filter(each => each.place === place)
  // What nobody touched is not spelt anew, or it would count as changed.
  const isTouched = (place: Place) => [...values.keys()].some(id => id.startsWith(`${place}:`))
  const written = (place: Place) =>
    new URLSearchParams(of(place).map(({ name, value }) => [name, value])).toString()
  const query = (url: string): string => {
    if (!isTouched('query')) return url
    const changed = new URL(url)
    changed.search = written('query')
    return changed.href
  }
  const form = (body: string | null) => (body !== null && isTouched('form') ? written('form') : body)
  switch (message.type) {
    case 'request':
      return { ...message, request: editedRequest(message.request, values, query, form) }
    case 'response':
      return { ...message, response: editedResponse(message.response, of, isTouched('json')) }
    case 'navigation':
      return { ...message, url: query(message.url), body: form(message.body) }
    case 'callback':
      return { ...message, url: query(message.url) }
  }
}

function editedRequest(
  request: HttpRequest,
  values: ReadonlyMap<string, string | null>,
  query: (url: string) => string,
  form: (body: string | null) => string | null,
): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => {
      const edited = values.get(`header:${name}:0`)
      return edited === null ? [] : [[name, edited ?? value]]
    }),
  )
  return { ...request, headers, url: query(request.url), body: form(request.body) }
}

function editedResponse(
  response: HttpResponse,
  of: (place: Place) => Field[],
  isBodyTouched: boolean,
): HttpResponse {
  const status = of('status')[0]?.value ?? ''
  const before = new Map(Object.entries(jsonObject(response.body) ?? {}))
  const members = of('json').map(({ name, value }) => [name, parsedLike(before.get(name), value)])
  return {
    ...response,
    status: isStatus(status) ? Number(status) : response.status,
    body: isBodyTouched ? JSON.stringify(Object.fromEntries(members)) : response.body,
  }
}

/** What a browser takes for the status of an answer. */
export const isStatus = (text: string): boolean => /^[2-5]\d\d$/.test(text)

/** A text stays a text; anything else is read as JSON when it still is JSON. */
function parsedLike(before: unknown, text: string): unknown {
  if (typeof before === 'string' || before === undefined) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The raw text of a message that can be edited as a whole. */
export function rawOf(message: HeldMessage): string {
  switch (message.type) {
    case 'request':
      return message.request.body ?? message.request.url
    case 'response':
      return message.response.body
    case 'navigation':
      return message.body ?? message.url
    case 'callback':
      return message.url
  }
}

/** What stands in the raw text; the other parameters travel beside it. */
export function placeOfRaw(message: HeldMessage): Place {
  switch (message.type) {
    case 'request':
      return message.request.body === null ? 'query' : 'form'
    case 'response':
      return 'json'
    case 'navigation':
      return message.body === null ? 'query' : 'form'
    case 'callback':
      return 'query'
  }
}

/**
 * The message with this raw text.
 * @returns null when the text cannot be what it must be, for example no address
 */
export function withRaw(message: HeldMessage, text: string): HeldMessage | null {
  const isUrl = (url: string, sameOrigin?: string): boolean =>
    URL.canParse(url) && (sameOrigin === undefined || new URL(url).origin === new URL(sameOrigin).origin)
  switch (message.type) {
    case 'request':
      if (message.request.body !== null) return { ...message, request: { ...message.request, body: text } }
      return isUrl(text) ? { ...message, request: { ...message.request, url: text } } : null
    case 'response':
      return { ...message, response: { ...message.response, body: text } }
    case 'navigation':
      if (message.body !== null) return { ...message, body: text }
      return isUrl(text) && /^https?:/.test(text) ? { ...message, url: text } : null
    case 'callback':
      // A callback is a page of this app: another origin could not have arrived here.
      return isUrl(text, message.url) ? { ...message, url: text } : null
  }
}
