/**
 * Keeps what the session tells, in memory as it was until a session ends; its keeper, a chunk of its own that boot
 * does not wait for, bounds the memory and writes a copy without secrets into the tab's storage, so that the story goes
 * on after the redirect. It never throws into the session: a recorder that fails records nothing.
 */
import type { Step } from '../oauth/step.ts'
import type { Entry, FoldedFlow, Trace } from './entry.ts'
import type { Keeper, KeeperLimits } from './keeper.ts'
import { type TraceStorage, traceKey } from './trace-storage.ts'

export interface RecorderOptions {
  readonly storage: TraceStorage
  /** Wall clock, milliseconds: for a Step that was told without a time. */
  readonly now: () => number
  /** See `tab.ts`. A stored story of another tab is not continued. */
  readonly tabId: string
  readonly limits?: Partial<KeeperLimits>
}

export interface Recorder {
  /** Never throws, never waits. */
  observe(step: Step): void
  /** The same object until something changes. */
  getTrace(): Trace
  subscribe(run: () => void): () => void
  /** What an earlier page stored is read, every hash is computed, and the copy without secrets is stored. */
  settled(): Promise<void>
  /** Stores what there is, hashed or not: the page goes away at once. */
  flush(): void
  /** First 16 hexadecimal digits of the SHA-256 of a value that was seen; null until computed. */
  fingerprint(text: string): string | null
  /** Shows `trace` instead, for example an imported one; what happens next is appended to it. */
  load(trace: Trace): void
  /** The page comes back from the back/forward cache: takes over what other pages of this tab stored meanwhile. */
  resume(): void
}

/** Milliseconds. */
const longestRest = 500

/** Without its keeper the recorder still bounds its memory, by forgetting. */
const mostWithoutKeeper = 4_000

export function createRecorder(options: RecorderOptions): Recorder {
  const { storage, tabId, limits } = options
  let next = 1
  let entries: Entry[] = []
  let folded: readonly FoldedFlow[] = []
  /** Entries that the keeper has seen. */
  let kept = 0
  let snapshot: Trace | null = null
  const listeners = new Set<() => void>()
  let keeper: Keeper | null = null
  /** Set while the stored copy has not been read: entries from this number on are taken over. */
  let unreadFrom: number | null = 1
  let dirty = true
  let running: Promise<void> | null = null
  /** Somebody waits for it. */
  let hurried = false
  /** Milliseconds that the last putting away took; none at first, so that a page that is left at once keeps its story. */
  let spent = 0
  let wake = () => {}

  const changed = () => {
    snapshot = null
    for (const run of [...listeners]) quietly(run)
  }

  /** Puts what was stored before what this page has told since. */
  function read(from: Keeper): void {
    if (unreadFrom === null) return
    const before = from.stored(unreadFrom)
    const first = unreadFrom === 1
    unreadFrom = null
    if (before === null) return
    const known = new Set(entries.map(entry => entry.id))
    const added = before.entries.filter(entry => !known.has(entry.id))
    entries = [...added, ...entries].sort((a, b) => a.seq - b.seq)
    if (first) folded = before.folded
    from.take(added)
    changed()
  }

  function tidy(by: Keeper): void {
    const bounded = by.bound({ entries, folded })
    if (bounded.entries !== entries) {
      entries = [...bounded.entries]
      folded = bounded.folded
      changed()
    }
    kept = entries.length
  }

  const rest = (milliseconds: number) =>
    new Promise<void>(done => {
      wake = done
      setTimeout(done, milliseconds)
    })

  async function settle(): Promise<void> {
    try {
      while (dirty) {
        // What the page is doing, a token request perhaps, goes first; a tenth of its time is enough for this.
        if (!hurried) await rest(Math.min(9 * spent, longestRest))
        dirty = false
        keeper ??= (await import('./keeper.ts')).createKeeper(storage, tabId, limits)
        const began = performance.now()
        read(keeper)
        keeper.take(entries.slice(kept))
        tidy(keeper)
        if (await keeper.hash()) changed()
        if (!dirty) {
          // Again, since what is over goes once its hashes are there.
          tidy(keeper)
          keeper.store({ entries, folded }, next)
        }
        spent = performance.now() - began
      }
    } catch {
      entries = entries.slice(-mostWithoutKeeper)
      kept = Math.min(kept, entries.length)
    }
    running = null
  }

  const later = () => {
    dirty = true
    running ??= settle()
  }

  /** Only the number: the rest is read by the keeper, field by field. */
  const storedNext = () => Number(/^\{"next":(\d{1,15}),/.exec(storage.get(traceKey) ?? '')?.[1] ?? 1)

  quietly(() => {
    next = storedNext()
    later()
  })

  return {
    observe: step =>
      quietly(() => {
        const told = Number.isFinite(step.at) ? step : { ...step, at: options.now() }
        entries.push({ id: `e${next}`, seq: next++, tab: tabId, step: told, redacted: false })
        later()
        changed()
      }),
    getTrace: () => {
      snapshot ??= { entries: [...entries], folded }
      return snapshot
    },
    subscribe: run => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    settled: async () => {
      hurried = true
      wake()
      while (running !== null) await running
      hurried = false
    },
    flush: () =>
      quietly(() => {
        if (!keeper || !running) return
        read(keeper)
        keeper.take(entries.slice(kept))
        kept = entries.length
        keeper.store({ entries, folded }, next)
      }),
    fingerprint: text => keeper?.fingerprint(text) ?? null,
    load: trace =>
      quietly(() => {
        entries = [...trace.entries]
        folded = trace.folded
        kept = 0
        unreadFrom = null
        keeper?.forget()
        storage.remove(traceKey)
        for (const { id, seq } of entries)
          next = Math.max(next, seq + 1, Number(/^e(\d{1,14})$/.exec(id)?.[1] ?? 0) + 1)
        if (entries.length > 0) later()
        changed()
      }),
    resume: () =>
      quietly(() => {
        unreadFrom = next
        next = Math.max(next, storedNext())
        later()
      }),
  }
}

function quietly(run: () => void): void {
  try {
    run()
  } catch {
    // The session must not notice: nothing is recorded instead.
  }
}
