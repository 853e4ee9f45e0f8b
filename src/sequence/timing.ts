/** The story to scale: when each exchange began, how long it took, and what it had waited for. */
import { originOf } from './lanes.ts'
import type { Message } from './message.ts'
import { needsPreflight } from './preflight.ts'

export interface TimingRow {
  /** The request, the check, or the message itself. */
  readonly messageId: string
  /** The answer, when there is one of its own. */
  readonly answerId: string | null
  readonly number: string
  readonly label: string
  readonly kind: Message['kind']
  readonly channel: Message['channel']
  /** Milliseconds since the story began; negative for what was prepared ahead. */
  readonly start: number
  /** Milliseconds; null when it has no answer yet, or none can be measured. */
  readonly duration: number | null
  /** The row that had to end before this one could begin; null for the first. */
  readonly waitedFor: string | null
  /** Milliseconds between the end of `waitedFor` and `start`. */
  readonly waited: number | null
  /**
   * `hidden`: it needs permission, for which the browser asks first (CORS preflight) unless it remembers an earlier yes;
   * a script sees neither, and the time is part of `duration`. `none`: a simple request. Null: not a fetch.
   */
  readonly preflight: 'hidden' | 'none' | null
}

/** The moment the story counts from: its first message after what was prepared ahead. Milliseconds, null for ghosts only. */
export function zeroOf(messages: readonly Message[]): number | null {
  const started = messages.find(({ at, flowType }) => at !== null && flowType !== 'prepare')
  return started?.at ?? messages.find(({ at }) => at !== null)?.at ?? null
}

/** @param appOrigin to know which requests cross an origin; null when unknown */
export function timing(messages: readonly Message[], appOrigin: string | null): TimingRow[] {
  const real = messages.filter(
    message => message.at !== null && !message.inferred && message.status !== 'upcoming',
  )
  const answers = new Map(
    real.flatMap(message => (message.answers === null ? [] : [[message.answers, message] as const])),
  )
  const ids = new Set(real.map(message => message.id))
  const zero = zeroOf(real) ?? 0
  const rows: TimingRow[] = []
  /** Those that are over, by when they were; of two that ended together the later one last. */
  const ended: TimingRow[] = []
  for (const message of real) {
    if (message.answers !== null && ids.has(message.answers)) continue
    const answer = answers.get(message.id) ?? null
    const start = (message.at ?? zero) - zero
    // Of what was over when this began, what ended last. It stands near the end: little goes on at the same time.
    const before = ended.findLast(row => endOf(row) <= start) ?? null
    const row: TimingRow = {
      messageId: message.id,
      answerId: answer?.id ?? null,
      number: message.number,
      label: message.label,
      kind: message.kind,
      channel: message.channel,
      start,
      duration: durationOf(message, answer),
      waitedFor: before?.messageId ?? null,
      waited: before === null ? null : start - endOf(before),
      preflight: preflightOf(message, appOrigin),
    }
    rows.push(row)
    if (row.duration === null) continue
    const end = endOf(row)
    ended.splice(ended.findLastIndex(other => endOf(other) <= end) + 1, 0, row)
  }
  return rows
}

function durationOf(message: Message, answer: Message | null): number | null {
  if (message.channel === 'check' || message.channel === 'make') return message.duration ?? 0
  if (message.duration !== null) return message.duration
  if (answer === null || answer.at === null || message.at === null) return null
  return Math.max(0, answer.at - message.at)
}

function endOf(row: TimingRow): number {
  return row.start + (row.duration ?? 0)
}

function preflightOf(message: Message, appOrigin: string | null): TimingRow['preflight'] {
  const { request } = message
  if (message.channel !== 'back' || request === null) return null
  if (appOrigin !== null && originOf(request.url) === appOrigin) return 'none'
  return needsPreflight(request) ? 'hidden' : 'none'
}
