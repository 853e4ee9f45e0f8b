/** When a message happened, as the diagram writes it. */
import type { Message } from '../sequence/message.ts'

const minute = 60_000
const hour = 60 * minute
const two = (n: number) => n.toString().padStart(2, '0')

/** The moment the story counts from: its first message after what was prepared ahead. Milliseconds, null for ghosts only. */
export function zeroOf(messages: readonly Message[]): number | null {
  const started = messages.find(({ at, flowType }) => at !== null && flowType !== 'prepare')
  return started?.at ?? messages.find(({ at }) => at !== null)?.at ?? null
}

/** `2.921` seconds, `4:16.0` from a minute on, `1:02:05` from an hour, `17h05` from ten; with a minus before zero. */
export function clockLabel(at: number, zero: number): string {
  const ms = Math.abs(Math.round(at - zero))
  const sign = at < zero && ms > 0 ? '−' : ''
  return sign + span(ms)
}

function span(ms: number): string {
  if (ms < minute) return (ms / 1000).toFixed(3)
  const seconds = Math.floor(ms / 1000)
  if (ms < hour) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${Math.floor((ms % 1000) / 100)}`
  if (ms >= 10 * hour) return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}`
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
