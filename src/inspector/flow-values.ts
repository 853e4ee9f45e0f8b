/** Finds, for one message, the values and parameters of its flow that its explanation speaks of. */
import type { HttpRequest, ValueName } from '../oauth/step.ts'
import { ghostOf } from '../sequence/carried.ts'
import { type Carried, isResponse, type Message } from '../sequence/message.ts'

/** The request that this message answers, or the message itself. */
export function requestOf(message: Message, messages: readonly Message[]): Message {
  if (!isResponse(message.kind) || message.channel === 'front') return message
  return messages.find(each => each.id === message.answers) ?? message
}

/** The answer to this request, the message itself if it is one, or null while there is none. */
export function responseOf(message: Message, messages: readonly Message[]): Message | null {
  if (message.channel === 'front') return null
  if (isResponse(message.kind)) return message.response === null ? null : message
  return messages.find(each => each.answers === message.id && each.response !== null) ?? null
}

/** The messages of the same flow, nearest first: this one, then backwards, then forwards. */
function near(message: Message, messages: readonly Message[]): Message[] {
  const flow = messages.filter(each => each.flow === message.flow)
  const at = flow.findIndex(each => each.id === message.id)
  if (at < 0) return [message, ...flow]
  return [...flow.slice(0, at + 1).reverse(), ...flow.slice(at + 1)]
}

/** The same, and then every other flow, the newest first: a renewed session speaks of the tokens of the sign-in. */
function* nearAndFar(message: Message, messages: readonly Message[]): Generator<Message> {
  yield* near(message, messages)
  for (let at = messages.length - 1; at >= 0; at--) {
    const each = messages[at]
    if (each !== undefined && each.flow !== message.flow) yield each
  }
}

/**
 * The value of this name that a sentence about this message means: of two, the one that came and did not fit.
 * A ghost when there is none yet.
 */
export function carriedFor(message: Message, messages: readonly Message[], value: ValueName): Carried {
  for (const each of nearAndFar(message, messages)) {
    const found = each.carried.filter(carried => carried.value === value && carried.length !== null)
    const [first] = found
    if (first !== undefined) return found.find(({ odd }) => odd) ?? first
  }
  return ghostOf(value)
}

/** Every value that the flow of this message carries, once per text, this message first. */
export function valuesNear(message: Message, messages: readonly Message[]): Carried[] {
  const found = new Map<string, Carried>()
  for (const each of near(message, messages))
    for (const carried of each.carried)
      if (carried.text !== null && !found.has(carried.text)) found.set(carried.text, carried)
  return [...found.values()]
}

/** A parameter by its name on the wire, from this message or another of its flow; null when nobody sent it. */
export function parameterFor(message: Message, messages: readonly Message[], name: string): string | null {
  for (const each of nearAndFar(message, messages)) {
    const found = parametersOf(each).get(name)
    if (found !== null) return found
  }
  return null
}

/** Query and form parameters of a message, in order; those of the query first. */
function parametersOf(message: Pick<Message, 'url' | 'request'>): URLSearchParams {
  const address = message.request?.url ?? message.url ?? ''
  const all = new URLSearchParams(URL.canParse(address) ? new URL(address).search : '')
  if (message.request !== null)
    for (const [name, value] of new URLSearchParams(formOf(message.request) ?? '')) all.append(name, value)
  return all
}

/** The body when it is form-encoded, else null. */
export function formOf(request: HttpRequest): string | null {
  return request.body !== null &&
    /^application\/x-www-form-urlencoded\b/i.test(headerOf(request.headers, 'content-type'))
    ? request.body
    : null
}

export function headerOf(headers: Readonly<Record<string, string>>, name: string): string {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
}
