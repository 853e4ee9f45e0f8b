/** What the recorder keeps: one Step and where it stands in the story. */
import type { Step } from '../oauth/step.ts'

export interface Entry {
  /** Unique within a trace, stable over redirect and reload. */
  readonly id: string
  /** Order of recording, rising. */
  readonly seq: number
  /** The tab that recorded it; a silent frame records in the tab that opened it. A file has names of its own. */
  readonly tab: string
  readonly step: Step
  /** True once secrets were replaced by their length and hash prefix, see `redact.ts`. */
  readonly redacted: boolean
  /** Told by an earlier page, or in a file: nothing here waits for what it waited for. Never written down. */
  readonly earlier?: true
}

/** What is left of a flow that was folded away to bound memory. */
export interface FoldedFlow {
  readonly flow: string
  readonly flowType: Step['flowType']
  readonly startedAt: number
  readonly endedAt: number
  readonly messages: number
  readonly failed: boolean
  /** How many flows this line stands for, once the oldest summaries were joined; absent: one. */
  readonly flows?: number
}

export interface Trace {
  readonly entries: readonly Entry[]
  /** Oldest first. */
  readonly folded: readonly FoldedFlow[]
}
