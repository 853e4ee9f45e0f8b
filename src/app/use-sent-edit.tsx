import { useCallback, useEffect, useMemo, useState } from 'react'
import { type Stopper, stoppers } from '../attack/parties.ts'
import { jsonObject, textsOf } from '../oauth/check.ts'
import { type Detection, isOvertaken, outcomeOf } from '../pause/outcome.ts'
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
  const told = useMemo(
    () => (sent ? entries.filter(entry => entry.seq > sent.after).map(entry => entry.step) : []),
    [sent, entries],
  )
  const outcome = useMemo(() => (sent ? outcomeOf(sent.flow, told) : null), [sent, told])
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
  const overtaken = sent !== null && isOvertaken(sent.flow, told)
  useEffect(() => {
    if (overtaken) forget()
  }, [overtaken, forget])
  return { sent: overtaken ? null : sent, outcome: overtaken ? null : outcome, remember, forget }
}

function readKept(): SentEdit | null {
  const { flow, after, tampered, prediction } = jsonObject(tabStorage.get(key)) ?? {}
  if (typeof flow !== 'string' || typeof after !== 'number') return null
  return {
    flow,
    after,
    tampered: textsOf(tampered) ?? [],
    prediction: stoppers.find(party => party === prediction) ?? null,
  }
}
