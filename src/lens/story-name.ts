/** What a story is called in a list of stories. */
import type { FlowType } from '../oauth/step.ts'
import { isLeft } from '../sequence/left.ts'
import type { Story } from '../sequence/stories.ts'
import { isNote } from '../sequence/warnings.ts'
import type { FoldedFlow } from '../trace/entry.ts'
import { timeOfDay } from '../ui/format.ts'

export interface StoryName {
  readonly name: string
  /** What became of it. */
  readonly outcome: 'signed in' | 'signed out' | 'failed' | 'under way'
}

const flowNames: Readonly<Record<FlowType, string>> = {
  prepare: 'Preparation',
  sign_in: 'Sign-in',
  restore: 'Restored session',
  use: 'API calls',
  refresh: 'Renewal',
  sign_out: 'Sign-out',
}

export function nameOfStory(story: Story): StoryName {
  const first = story.entries.find(({ step }) => step.flow === story.id)?.step
  return {
    name: `${flowNames[first?.flowType ?? 'prepare']} at ${timeOfDay(first?.at ?? story.startedAt)}`,
    outcome: outcomeOf(story),
  }
}

function outcomeOf({ entries, id }: Story): StoryName['outcome'] {
  const end = entries.findLast(
    ({ step }) =>
      step.kind === 'session_changed' ||
      (step.kind === 'failed' && step.flowType !== 'refresh' && !isNote(step.during)),
  )?.step
  if (end?.kind === 'session_changed') return end.status === 'signed_out' ? 'signed out' : 'signed in'
  const begun = entries.filter(({ step }) => step.flow === id)
  return end?.kind === 'failed' || isLeft(begun) ? 'failed' : 'under way'
}

export type SessionNow = 'none' | 'signed in' | 'signed out'

/** What its session came to. The messages need not tell: another tab may have signed out. */
export function sessionOf({ entries }: Story): SessionNow {
  const last = entries.findLast(({ step }) => step.kind === 'session_changed')?.step
  if (last?.kind !== 'session_changed') return 'none'
  return last.status === 'signed_out' ? 'signed out' : 'signed in'
}

/** A flow, or several, of which only this line is kept. */
export function nameOfFolded(folded: FoldedFlow): string {
  const flows = folded.flows ?? 1
  const what = flows > 1 ? `${flows} flows from` : `${flowNames[folded.flowType]} at`
  const messages = folded.messages === 1 ? '1 message' : `${folded.messages} messages`
  return `${what} ${timeOfDay(folded.startedAt)}, ${messages}${folded.failed ? ', failed' : ''}`
}
