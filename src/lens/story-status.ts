/** How a story stands, in a few words: what the strip announces. */
import { explanations } from '../explain/explanations.ts'
import { laneNames } from '../explain/labels.ts'
import { acts, isResponse, type Message, type MessageKind } from '../sequence/message.ts'
import { happened } from '../sequence/playback.ts'
import { duration } from '../ui/format.ts'
import { lineOf } from './line.ts'
import type { SessionNow } from './story-name.ts'

export interface StoryStatus {
  readonly tone: 'plain' | 'warn' | 'fail' | 'pass'
  readonly head: string
  /** Goes on after the head where there is room for it: who stopped it. */
  readonly by: string
  readonly more: string
  /** A stable error code, shown as code. */
  readonly code: string | null
}

/** What the messages do not tell. */
export interface StoryNow {
  /** Absent: as the messages tell, for a look at the past. */
  readonly session?: SessionNow | undefined
  /** What is paused can still go on. In an opened file, or after a reload, it cannot. */
  readonly isHeld?: boolean
}

export function statusOfStory(
  messages: readonly Message[],
  { session, isHeld = true }: StoryNow = {},
): StoryStatus {
  const held = messages.find(message => message.status === 'paused')
  if (held !== undefined) return { ...plain, tone: 'warn', ...pausedAt(held, isHeld) }
  const stopped = messages.find(message => message.error !== null)
  const goesOn = messages.some(message => message.status === 'active')
  if (stopped !== undefined && !goesOn && !wentOn(messages, stopped)) return stoppedAt(stopped, messages)
  if (!hasBegun(messages)) return { ...plain, head: 'Ready', more: sizeOf(messages) }
  if (session === 'signed out' || hasEnded(messages)) return { ...plain, tone: 'pass', head: 'Signed out' }
  const signedIn = session === undefined ? isSignedIn(messages) : session === 'signed in'
  if (goesOn || !signedIn)
    return { ...plain, head: 'Running', more: `${happened(messages)} of ${messages.length}` }
  return { ...plain, tone: 'pass', head: 'Signed in', more: summary(messages) }
}

/** A message of this kind is held, and the messages that are shown do not have it. */
export function heldElsewhere(kind: MessageKind): StoryStatus {
  return {
    ...plain,
    tone: 'warn',
    head: 'Paused',
    more: `${explanations[kind].title}, not shown here`,
  }
}

const plain: StoryStatus = { tone: 'plain', head: '', by: '', more: '', code: null }

/** What was fetched ahead, before anyone wanted to sign in, is not the beginning. */
export function hasBegun(messages: readonly Message[]): boolean {
  return messages.some(message => message.status !== 'upcoming' && message.flowType !== 'prepare')
}

function pausedAt(held: Message, isHeld: boolean): Pick<StoryStatus, 'head' | 'more'> {
  const edited = new Set(held.tampered).size
  const usual = isResponse(held.kind) ? 'let it in' : 'send it'
  const open = isHeld ? `. Edit it, or ${usual} as it is.` : ''
  const what = edited === 0 ? open : `, ${count(edited, 'value')} tampered`
  return { head: `Paused before ${held.number}`, more: `${held.label}${what}` }
}

function stoppedAt(stopped: Message, messages: readonly Message[]): StoryStatus {
  const code = stopped.error?.code ?? null
  const blocked = messages.find(message => message.status === 'blocked' && message.error !== null)
  if (blocked !== undefined)
    return {
      ...plain,
      tone: 'fail',
      head: 'Blocked',
      // A message is blocked by a check of the app, whoever sent it; a check stands where it was made.
      by: `by the ${laneNames[blocked.channel === 'check' ? blocked.from : 'app'].toLowerCase()}`,
      code,
    }
  return { ...plain, tone: 'fail', head: `Stopped at ${stopped.number}`, more: lineOf(stopped), code }
}

/** A later flow succeeded: a refresh that was tried again, a call that was repeated. */
function wentOn(messages: readonly Message[], stopped: Message): boolean {
  const later = messages.slice(messages.indexOf(stopped) + 1)
  return later.some(({ status, flow }) => status === 'done' && flow !== stopped.flow)
}

function hasEnded(messages: readonly Message[]): boolean {
  const end = messages.findLastIndex(
    ({ kind, status }) =>
      status !== 'upcoming' && (kind === 'end_session_request' || kind === 'revocation_request'),
  )
  const start = messages.findLastIndex(
    ({ kind, status }) => status !== 'upcoming' && (kind === 'token_response' || kind === 'refresh_response'),
  )
  return end > start
}

function isSignedIn(messages: readonly Message[]): boolean {
  const use = acts.indexOf('use')
  const before = messages.filter(message => acts.indexOf(message.act) < use)
  return before.every(message => message.status !== 'upcoming')
}

function summary(messages: readonly Message[]): string {
  const real = messages.filter(message => message.status !== 'upcoming')
  const renewed = real.findIndex(message => message.flowType === 'refresh')
  const first = renewed < 0 ? real : real.slice(0, renewed)
  const times = first.flatMap(({ at, flowType }) => (at === null || flowType === 'prepare' ? [] : [at]))
  const took = duration(Math.max(0, ...times) - Math.min(...times, Number.MAX_SAFE_INTEGER))
  const renewals = real.filter(({ kind, status }) => kind === 'refresh_response' && status === 'done').length
  return `${count(first.length, 'message')} in ${took}${renewals > 0 ? `, then ${count(renewals, 'refresh')}` : ''}`
}

function sizeOf(messages: readonly Message[]): string {
  const steps = new Set(messages.map(message => message.act)).size
  return messages.length === 0 ? '' : `${count(messages.length, 'message')} in ${count(steps, 'step')}`
}

function count(n: number, what: string): string {
  if (n === 1) return `1 ${what}`
  return `${n} ${what}${what.endsWith('sh') ? 'es' : 's'}`
}
