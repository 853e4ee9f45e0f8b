import { useCallback, useMemo, useState } from 'react'
import { type Stopper, stoppers } from '../attack/parties.ts'
import { type Detection, outcomeOf } from '../pause/outcome.ts'
import { useTrace } from '../trace/trace-provider.tsx'
import { tabStorage } from './tab-storage.ts'

export interface SentEdit {
  readonly tampered: readonly string[]
  readonly prediction: Stopper | null
  readonly flow: string
  /** Entries up to this one were there when it was sent. */
  readonly after: number
}

const key = 'pkce-lens.sent-edit'

/** The last edited message that was sent, and who noticed. Kept over the redirect: the answer may come after it. */
export function useSentEdit(): {
  sent: SentEdit | null
  outcome: Detection | null
  /** What goes on unchanged leaves the last edit as it is, until somebody has noticed that one or another flow begins. */
  remember: (sent: Omit<SentEdit, 'after'>) => void
  forget: () => void
} {
  const { entries } = useTrace()
  const [sent, setSent] = useState<SentEdit | null>(readKept)
  const after = entries.at(-1)?.seq ?? 0
  const outcome = useMemo(
    () =>
      sent
        ? outcomeOf(
            sent.flow,
            entries.filter(entry => entry.seq > sent.after).map(entry => entry.step),
          )
        : null,
    [sent, entries],
  )
  const remember = useCallback(
    (edit: Omit<SentEdit, 'after'>) => {
      const open = outcome === null || edit.flow === sent?.flow
      const next = edit.tampered.length > 0 ? { ...edit, after } : open ? sent : null
      if (next) tabStorage.set(key, JSON.stringify(next))
      else tabStorage.remove(key)
      setSent(next)
    },
    [after, sent, outcome],
  )
  const forget = useCallback(() => {
    tabStorage.remove(key)
    setSent(null)
  }, [])
  return { sent, outcome, remember, forget }
}

function readKept(): SentEdit | null {
  try {
    const kept: unknown = JSON.parse(tabStorage.get(key) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return null
    if (
      !('flow' in kept && typeof kept.flow === 'string' && 'after' in kept && typeof kept.after === 'number')
    )
      return null
    const tampered =
      'tampered' in kept && Array.isArray(kept.tampered)
        ? kept.tampered.filter(name => typeof name === 'string')
        : []
    const prediction =
      'prediction' in kept ? (stoppers.find(party => party === kept.prediction) ?? null) : null
    return { flow: kept.flow, after: kept.after, tampered, prediction }
  } catch {
    return null
  }
}
