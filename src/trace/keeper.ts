/** The careful half of the recorder: hashes every value, bounds the memory, stores a copy without secrets. */
import type { Step } from '../oauth/step.ts'
import { endedIn } from './ended.ts'
import type { Entry, Trace } from './entry.ts'
import { fingerprintsOf } from './fingerprint.ts'
import { fold, type Limits } from './fold.ts'
import { count, type Guard, list, parse, record, text, word } from './guard.ts'
import { createKnownTexts, type Told, textsIn } from './known-texts.ts'
import { withoutLongTexts } from './long-texts.ts'
import { parseRedacted, redactStep } from './redact.ts'
import { isValueName } from './secret-places.ts'
import { entry as entryGuard, foldedFlow } from './step-guard.ts'
import { type TraceStorage, traceKey } from './trace-storage.ts'

export interface KeeperLimits extends Limits {
  /** Characters of the stored copy; a browser counts two bytes each. */
  readonly stored: number
}

export interface Keeper {
  /** The stored copy of this tab, entries from number `from` on; null when there is none that can be read. */
  stored(from: number): Trace | null
  /** Remembers the values of new entries. */
  take(entries: readonly Entry[]): void
  /**
   * `trace` within the limits: the oldest flows become summaries, and what has ended with its session is as a
   * reload would show it, once its values are hashed. The same entries when nothing is to be done.
   */
  bound(trace: Trace): Trace
  /** Computes what is not computed yet; true when something new is known. */
  hash(): Promise<boolean>
  fingerprint(text: string): string | null
  store(trace: Trace, next: number): void
  forget(): void
}

interface Stored extends Trace {
  readonly next: number
  readonly version: 1
  readonly tab: string
}
const storedGuard: Guard<Stored> = record<Stored>({
  next: count,
  version: word<1>(1),
  tab: text,
  entries: list(entryGuard),
  folded: list(foldedFlow),
})

const longestBody = 16_384

export function createKeeper(
  storage: TraceStorage,
  tabId: string,
  changes: Partial<KeeperLimits> = {},
): Keeper {
  const limits: KeeperLimits = { entries: 2000, flows: 40, folded: 200, stored: 500_000, ...changes }
  let known = createKnownTexts()
  /** Of the protocol values; null until computed, or when it cannot be. */
  const fingerprints = new Map<string, string | null>()
  const unhashed = new Set<string>()
  let copies = new WeakMap<Entry, string>()
  /** Copies were made of values that had no hash yet. */
  let early = false
  /** What the entries told that have lost it since: known still, for a late answer may repeat a token. */
  const lost = new WeakMap<Entry, readonly Told[]>()
  const fingerprint = (text: string) => fingerprints.get(text) ?? parseRedacted(text)?.fingerprint ?? null

  function take(entries: readonly Entry[]): void {
    for (const { step } of entries)
      for (const told of toldIn(step)) {
        if (!known.add(told)) continue
        // A name is often told after the text that has it; tokens are told first where they are theirs.
        if (told.kind === 'personal') copies = new WeakMap()
        if (!isValueName(told.kind)) continue
        fingerprints.set(told.text, null)
        unhashed.add(told.text)
      }
  }

  function drop(entries: readonly Entry[]): void {
    for (const entry of entries)
      for (const told of lost.get(entry) ?? toldIn(entry.step))
        if (known.remove(told) && isValueName(told.kind)) fingerprints.delete(told.text)
  }

  function bound(trace: Trace): Trace {
    const bounded = fold(trace, limits)
    if (bounded !== trace) {
      const left = new Set(bounded.entries)
      drop(trace.entries.filter(entry => !left.has(entry)))
    }
    const ended = new Set(unhashed.size > 0 ? [] : endedIn(bounded.entries, tabId))
    if (ended.size === 0) return bounded
    return {
      ...bounded,
      entries: bounded.entries.flatMap(entry => (ended.has(entry) ? closed(entry) : entry)),
    }
  }

  /** The entry as a reload would bring it back; none when it could not. */
  function closed(entry: Entry): readonly Entry[] {
    try {
      const copy = copyOf(entry)
      const { step } = parse(entryGuard, JSON.parse(copy), 'entry')
      const left = { ...entry, step, redacted: true }
      copies.set(left, copy)
      lost.set(left, toldIn(entry.step))
      return [left]
    } catch {
      drop([entry])
      return []
    }
  }

  async function hash(): Promise<boolean> {
    const asked = [...unhashed]
    const texts = asked.filter(text => fingerprints.has(text))
    const made = await fingerprintsOf(texts)
    // Not before: what is copied meanwhile is copied too early.
    for (const text of asked) unhashed.delete(text)
    for (const text of texts) if (fingerprints.has(text)) fingerprints.set(text, made.get(text) ?? null)
    if (early) copies = new WeakMap()
    early = false
    return texts.length > 0
  }

  /** The stored text of one entry; empty for a step that cannot be read back: better a gap than a secret. */
  function copyOf(entry: Entry): string {
    const ready = copies.get(entry)
    if (ready !== undefined) return ready
    let copy = ''
    try {
      early ||= unhashed.size > 0
      const step = entry.redacted ? entry.step : redactStep(withoutLongTexts(entry.step), fingerprint, known)
      const written = { ...entry, step, redacted: true, earlier: undefined }
      copy = JSON.stringify(written, (key, value: unknown) =>
        key === 'body' && typeof value === 'string' && value.length > longestBody
          ? `${value.slice(0, longestBody)}…`
          : value,
      )
    } catch {
      copy = ''
    }
    copies.set(entry, copy)
    return copy
  }

  function write(part: Trace, next: number): string {
    const head = JSON.stringify({ next, version: 1, tab: tabId, folded: part.folded })
    return `${head.slice(0, -1)},"entries":[${part.entries.map(copyOf).filter(Boolean).join(',')}]}`
  }

  /** The newest flows that fit; a storage that is full gets half, then a quarter, an eighth, then nothing. */
  function store(trace: Trace, next: number): void {
    const empty = trace.entries.length === 0 && trace.folded.length === 0
    for (let room = empty ? 0 : limits.stored; room >= limits.stored / 8; room /= 2) {
      let part = trace
      let copy = write(part, next)
      for (let most = part.entries.length; copy.length > room && most > 0; ) {
        most = Math.floor((most * room * 0.9) / copy.length)
        part = fold(part, { ...limits, entries: most })
        copy = write(part, next)
      }
      if (copy.length <= room && storage.set(traceKey, copy)) return
    }
    storage.remove(traceKey)
  }

  function stored(from: number): Trace | null {
    try {
      const before = parse(storedGuard, JSON.parse(storage.get(traceKey) ?? ''), 'trace')
      if (before.tab !== tabId) return null
      const entries = before.entries.filter(entry => entry.seq >= from)
      return { entries: entries.map(entry => ({ ...entry, earlier: true })), folded: before.folded }
    } catch {
      return null
    }
  }

  const forget = () => {
    known = createKnownTexts()
    fingerprints.clear()
    unhashed.clear()
  }

  return { stored, take, bound, hash, fingerprint, store, forget }
}

function toldIn(step: Step): readonly Told[] {
  try {
    return textsIn(step)
  } catch {
    return []
  }
}
