/** What an earlier page left, or a file holds: nobody tells how it ended, and nothing of it goes on here. */
import type { Step } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import type { Drawn } from './drawn.ts'
import { dropped } from './failures.ts'
import { isRequest, type Message } from './message.ts'

/** @param entries of one flow */
export function isOver(entries: readonly Entry[]): boolean {
  const last = entries.at(-1)
  return last?.earlier === true && !mayComeBack(last.step)
}

/** The whole tab left for the provider: this page may be told of it yet. A window or a frame is over with its page. */
function mayComeBack(step: Step): boolean {
  const isAway = step.kind === 'authorization_request' && step.via === 'redirect'
  return isAway || step.kind === 'end_session_request'
}

/** It was to sign somebody in, and is over without having come to an end. */
export function isLeft(entries: readonly Entry[]): boolean {
  const isOpen = ({ kind, flowType }: Step) =>
    /^(sign_in|restore)$/.test(flowType) && kind !== 'session_changed' && kind !== 'failed'
  return isOver(entries) && entries.every(({ step }) => isOpen(step))
}

/**
 * Marks in `drawn` where it ended: at what was held, as the session tells of a message that is dropped; else where no
 * answer came; else at the last there is.
 * @param held what is held still
 */
export function endLeft(drawn: Drawn[], last: Entry, held: Message | null): void {
  if (held !== null && held.response === null) {
    drawn.push({ seq: last.seq, message: { ...dropped(held), error: { code: 'message_dropped' } } })
    return
  }
  const answered = new Set(drawn.map(({ message }) => message.answers))
  const open = drawn.findIndex(({ message: { id, kind } }) =>
    held === null ? isRequest(kind) && !answered.has(id) : id === held.answers,
  )
  const at = open < 0 ? drawn.length - 1 : open
  const line = drawn[at]
  if (line === undefined) return
  const { message } = line
  const error =
    held === null
      ? { code: codeOf(message), expected: 'an answer while the page was there', received: 'none' }
      : { code: 'message_dropped' }
  drawn[at] = { ...line, message: { ...message, error, status: open < 0 ? message.status : 'failed' } }
}

function codeOf({ kind, flowType }: Message): string {
  switch (kind) {
    case 'discovery_request':
      return 'discovery_fetch_failed'
    case 'keys_request':
      return 'jwks_fetch_failed'
    case 'token_request':
      return 'token_request_failed'
    default:
      return flowType === 'restore' ? 'silent_timeout' : 'authorization_abandoned'
  }
}
