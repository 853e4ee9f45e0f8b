/** How long the tokens of a story live, read from the answers that brought them. */
import { jsonObject } from '../oauth/check.ts'
import type { Message } from '../sequence/message.ts'

export interface TokenLife {
  readonly value: 'access_token' | 'refresh_token'
  /** Wall clock, milliseconds. */
  readonly from: number
  /** Null: nobody said. */
  readonly to: number | null
  /** Replaced by a newer one at that time. */
  readonly replacedAt: number | null
}

/** Oldest first; empty when nobody is signed in, or not any more. @param over the session has ended */
export function livesOf(messages: readonly Message[], over = false): TokenLife[] {
  const lives: TokenLife[] = []
  if (over) return lives
  for (const message of messages) {
    if (message.status === 'upcoming' || message.at === null) continue
    if (isEnd(message)) lives.length = 0
    if (message.kind !== 'token_response' && message.kind !== 'refresh_response') continue
    if (message.response === null || message.response.status !== 200) continue
    const body = jsonObject(message.response.body) ?? {}
    const at = message.at
    if (typeof body['access_token'] === 'string')
      replace(lives, { value: 'access_token', from: at, to: after(at, body['expires_in']), replacedAt: null })
    if (typeof body['refresh_token'] === 'string') {
      const to = after(at, body['refresh_expires_in'] ?? body['refresh_token_expires_in'])
      replace(lives, { value: 'refresh_token', from: at, to, replacedAt: null })
    }
  }
  return lives
}

/** Handed back, or thrown away because the ID token that came with them was refused. */
function isEnd({ kind, status }: Message): boolean {
  if (kind === 'id_token_checked') return status === 'blocked'
  return kind === 'revocation_response' || kind === 'end_session_request'
}

function replace(lives: TokenLife[], next: TokenLife): void {
  const before = lives.findLastIndex(life => life.value === next.value)
  const old = lives[before]
  if (old !== undefined) lives[before] = { ...old, replacedAt: next.from }
  lives.push(next)
}

/** Seconds, as far as a `Date` counts: who says more says nothing. */
const longestLife = 8.64e12

function after(at: number, seconds: unknown): number | null {
  return typeof seconds === 'number' && seconds >= 0 && seconds <= longestLife ? at + seconds * 1000 : null
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const steps = [
  5 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  6 * hour,
  12 * hour,
]

const mostTicks = 8

/** What part of time to draw: the last lives whole, and where the ticks stand. All in ms of wall clock. */
export interface LifeScale {
  readonly from: number
  readonly to: number
  /** The present, or the right edge when everything ended long ago. */
  readonly now: number
  readonly ticks: readonly number[]
}

/** @param zero where the count begins: ticks stand at round distances from it */
export function lifeScale(lives: readonly TokenLife[], zero: number, now: number): LifeScale {
  const access = lives.filter(life => life.value === 'access_token')
  const from =
    access.length > 3 ? (access.at(-3)?.from ?? zero) : Math.min(zero, ...lives.map(life => life.from))
  const ends = lives.map(life => (life.value === 'access_token' ? (life.to ?? now) : life.from))
  const end = Math.max(...ends, from + minute)
  const present = Math.min(now, end + (end - from) / 4)
  const last = Math.max(present, end)
  const step = steps.find(each => (last - from) / each <= 6) ?? Math.ceil((last - from) / 6 / hour) * hour
  const to = zero + Math.ceil((last - zero) / step) * step
  const ticks: number[] = []
  const first = Math.ceil((from - zero) / step)
  for (let i = 0; i < mostTicks; i++) {
    const at = zero + (first + i) * step
    if (at <= to) ticks.push(at)
  }
  return { from, to, ticks, now: now > present ? to : present }
}
