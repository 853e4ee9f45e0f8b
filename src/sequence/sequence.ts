/** Entries in, picture out: the messages of a story, and the ghosts of what is to come. */
import type { Step, StepKind } from '../oauth/step.ts'
import type { Entry, FoldedFlow, Trace } from '../trace/entry.ts'
import { actOf } from './acts.ts'
import type { FingerprintOf } from './carried.ts'
import type { Drawn, FlowContext } from './drawn.ts'
import { flowMessages } from './flow-messages.ts'
import { ghosts } from './ghosts.ts'
import { isSilent } from './inferred.ts'
import { placesOf } from './lanes.ts'
import { isLeft, isOver } from './left.ts'
import { acts, type Expectation, type Message } from './message.ts'
import { numbering, numberOf } from './numbers.ts'
import { flowsOf, type Story, stories } from './stories.ts'

/**
 * The current story: the newest sign-in and what its session did since, in the order it happened.
 * Only flows that changed are drawn anew.
 * @param expectation null: no ghosts
 */
export function sequence(
  trace: Trace,
  expectation: Expectation | null,
  fingerprint: FingerprintOf,
): Message[] {
  const story = stories(trace).at(-1) ?? { id: '', startedAt: 0, entries: [] }
  return storyMessages(story, expectation, fingerprint, trace.folded)
}

/** The messages of one story; of an older one with `expectation` null, since nothing of it is to come. */
export function storyMessages(
  story: Story,
  expectation: Expectation | null,
  fingerprint: FingerprintOf,
  folded: readonly FoldedFlow[] = [],
): Message[] {
  const places = placesOf(issuerOf(story), expectation)
  const flows = flowsOf(story.entries)
  const key = JSON.stringify(places)
  const drawn = [...flows.values()].flatMap(entries =>
    drawFlow(entries, { places, fingerprint, over: isOver(entries) }, key),
  )
  drawn.sort((a, b) => a.seq - b.seq)
  const at = numbering(foldedBefore(folded, story))
  const messages = drawn.map(({ message }) => numberOf(message, isLater(message, story), at))
  if (expectation === null) return messages
  const course = {
    messages,
    silent: isSilent(lastAsked(messages)),
    stopped: isStopped(story) || isLeft(flows.get(story.id) ?? []),
    over: hasEnded(story),
    renewable: isRenewable(messages),
  }
  return [...messages, ...ghosts(expectation, course).map(message => numberOf(message, false, at))]
}

/** The messages of Steps that no trace keeps: those of an attack, or of one question to the provider. */
export function messagesOfSteps(steps: readonly Step[], tab: string, fingerprint: FingerprintOf): Message[] {
  const entries = steps.map((step, i) => ({ id: `e${i + 1}`, seq: i + 1, tab, step, redacted: false }))
  return storyMessages({ id: steps[0]?.flow ?? '', startedAt: steps[0]?.at ?? 0, entries }, null, fingerprint)
}

interface Memo {
  readonly last: Entry
  readonly length: number
  readonly places: string
  readonly context: FlowContext
  readonly drawn: readonly Drawn[]
}
const memos = new WeakMap<Entry, Memo>()

function drawFlow(entries: readonly Entry[], context: FlowContext, places: string): readonly Drawn[] {
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined) return []
  const before = memos.get(first)
  if (
    before !== undefined &&
    before.last === last &&
    before.length === entries.length &&
    before.places === places &&
    before.context.over === context.over &&
    before.context.fingerprint === context.fingerprint
  )
    return before.drawn
  const drawn = flowMessages(entries, context)
  const hashed = drawn.every(({ message }) => message.carried.every(value => value.fingerprint !== null))
  if (hashed) memos.set(first, { last, length: entries.length, places, context, drawn })
  return drawn
}

function isLater(message: Message, story: Story): boolean {
  if (message.flowType === 'refresh' || message.flowType === 'sign_out') return true
  return message.flowType === 'restore' && message.flow !== story.id
}

/** Renewals that were folded away keep their numbers. */
function foldedBefore(folded: readonly FoldedFlow[], story: Story): number {
  const end = story.entries.at(-1)?.step.at ?? 0
  return folded
    .filter(({ startedAt }) => startedAt >= story.startedAt && startedAt <= end)
    .filter(({ flowType }) => flowType !== 'prepare' && flowType !== 'sign_in')
    .reduce((sum, { messages }) => sum + messages, 0)
}

function issuerOf(story: Story): string | null {
  for (const { step } of story.entries) if (step.kind === 'flow_started') return step.issuer
  return null
}

function lastAsked(messages: readonly Message[]): Message[] {
  const last = messages.findLast(({ kind }) => kind === 'authorization_request' || kind === 'par_request')
  return messages.filter(
    ({ flow, kind }) => flow === last?.flow && /^(authorization|par)_request$/.test(kind),
  )
}

/** The sign-in itself failed, or before there was one the preparation did; what fails later ends nothing. */
function isStopped(story: Story): boolean {
  let stopped = false
  for (const { step } of story.entries) {
    if (step.flow !== story.id) continue
    if (step.kind === 'session_changed') stopped = false
    if (step.kind === 'failed') stopped = isBeforeUse(step.during)
  }
  return stopped
}

function isBeforeUse(during: StepKind): boolean {
  switch (during) {
    case 'flow_started':
    case 'held':
    case 'failed':
    case 'session_changed':
      return true
    default:
      return acts.indexOf(actOf(during)) < acts.indexOf('use')
  }
}

function hasEnded(story: Story): boolean {
  const last = story.entries.findLast(({ step }) => step.kind === 'session_changed')?.step
  return last?.kind === 'session_changed' && last.status === 'signed_out'
}

function isRenewable(messages: readonly Message[]): boolean {
  const tokens = messages.findLast(
    ({ kind, response }) => kind === 'token_response' && response?.status === 200,
  )
  return tokens === undefined || tokens.carried.some(({ value }) => value === 'refresh_token')
}
