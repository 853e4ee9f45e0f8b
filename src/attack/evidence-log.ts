/** Writes down what happens in a run, and who did it: the Steps of the session's functions, and the attacker's acts. */
import type { Step, StepOf, ValueName } from '../oauth/step.ts'
import type { Party } from './parties.ts'

export type Actor = 'app' | 'attacker' | 'browser'
export type EvidenceLane = Party | 'attacker'

/** Something that is no message of the protocol: copying a code, planting a link, putting a page into a frame. */
export interface Act {
  readonly from: EvidenceLane
  readonly to: EvidenceLane
  readonly text: string
  readonly values?: readonly { readonly value: ValueName; readonly text: string }[]
}

export type Exhibit =
  | { readonly type: 'step'; readonly step: Step; readonly actor: Actor }
  | { readonly type: 'act'; readonly act: Act }

export interface EvidenceLog {
  readonly observe: (step: Step) => void
  /** Notes that an edit brought this text in. */
  readonly forged: (text: string) => void
  act(act: Act): void
  /** What is told meanwhile, or the part of it that `which` picks, is this party's doing. */
  as<T>(actor: Actor, run: () => Promise<T>, which?: (step: Step) => boolean): Promise<T>
  /** The newest request of this kind, as it was sent. */
  lastRequest(kind: 'api_request'): StepOf<'api_request'> | null
  readonly exhibits: readonly Exhibit[]
  readonly forgedTexts: ReadonlySet<string>
}

export function createEvidenceLog(): EvidenceLog {
  const exhibits: Exhibit[] = []
  const forgedTexts = new Set<string>()
  let actorOf = (_step: Step): Actor => 'app'
  return {
    exhibits,
    forgedTexts,
    observe: step => {
      // A message that left as somebody edited it is that somebody's, whoever began it.
      const edited = 'tampered' in step && (step.tampered ?? []).length > 0
      exhibits.push({ type: 'step', step, actor: edited ? 'attacker' : actorOf(step) })
    },
    forged: text => {
      forgedTexts.add(text)
    },
    act: act => {
      exhibits.push({ type: 'act', act })
    },
    async as(actor, run, which = () => true) {
      const before = actorOf
      actorOf = step => (which(step) ? actor : before(step))
      try {
        return await run()
      } finally {
        actorOf = before
      }
    },
    lastRequest: kind => {
      const found = exhibits.findLast(each => each.type === 'step' && each.step.kind === kind)
      return found?.type === 'step' && found.step.kind === kind ? found.step : null
    },
  }
}
