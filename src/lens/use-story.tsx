import { useCallback, useMemo, useState } from 'react'
import type { Expectation, Message } from '../sequence/message.ts'
import { sequence, storyMessages } from '../sequence/sequence.ts'
import { type Story, stories as storiesOf } from '../sequence/stories.ts'
import type { Trace } from '../trace/entry.ts'
import { useRecorder, useTrace } from '../trace/trace-provider.tsx'
import { isConfigured, isForeign, partiesOf } from './parties.ts'
import { type SessionNow, sessionOf } from './story-name.ts'

export interface StoryChoice {
  /** Of the story that is shown; null while there is none. */
  readonly id: string | null
  /** Oldest first. */
  readonly stories: readonly Story[]
  /** Null: the newest, and whichever comes after it. */
  readonly chosen: string | null
  choose(story: string | null): void
  /** Chooses the story of this flow; null: none has it. */
  readonly toFlow: (flow: string) => (() => void) | null
  /** The chosen story, ghosts included when it is the newest. */
  readonly messages: readonly Message[]
  /** What its session has come to. */
  readonly session: SessionNow
  /** The trace of the chosen story alone, for an export. */
  readonly trace: Trace
  /** Whose ghosts stand among the messages; null: none do, nothing of an older story is to come. */
  readonly ahead: Expectation | null
  /** The parties of the chosen story: named after its own provider, whichever is in use by now. */
  readonly parties: Expectation | null
  /** Whether the chosen story was run with the configuration in use, as far as it tells; before there is one, yes. */
  readonly configured: boolean
  /** Messages of any story, without ghosts. Stays the same function until the trace changes. */
  readonly messagesOf: (story: Story) => readonly Message[]
}

/** Which story is looked at, and its messages. */
export function useStory(expectation: Expectation | null): StoryChoice {
  const trace = useTrace()
  const { fingerprint } = useRecorder()
  const [wanted, choose] = useState<string | null>(null)
  const stories = useMemo(() => storiesOf(trace), [trace])
  const older = wanted === null ? undefined : stories.find(story => story.id === wanted)
  const shown = older ?? stories.at(-1)
  const foreign = shown !== undefined && isForeign(shown, expectation) ? shown : null
  const messagesOf = useCallback(
    (story: Story) => storyMessages(story, null, fingerprint, trace.folded),
    [fingerprint, trace],
  )
  const past = older ?? foreign
  const messages = useMemo(() => {
    return past ? messagesOf(past) : sequence(trace, expectation, fingerprint)
  }, [past, trace, expectation, fingerprint, messagesOf])
  const entries = shown?.entries ?? trace.entries
  return {
    id: shown?.id ?? null,
    stories,
    chosen: older === undefined ? null : wanted,
    choose,
    toFlow: flow => {
      const found = stories.find(story => story.entries.some(({ step }) => step.flow === flow))
      return found === undefined ? null : () => choose(found === stories.at(-1) ? null : found.id)
    },
    messages,
    session: shown === undefined ? 'none' : sessionOf(shown),
    trace: { entries, folded: trace.folded },
    ahead: past ? null : expectation,
    parties: foreign === null ? expectation : partiesOf(foreign, messages, expectation),
    configured: shown === undefined ? expectation !== null : isConfigured(shown, expectation),
    messagesOf,
  }
}
