/** What is changed in the held message, for the picture: marked while it is typed, with its hash made anew. */
import { useEffect, useMemo, useState } from 'react'
import type { HeldEdit } from '../lens/held-edit.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { carriedBy, type FingerprintOf } from '../sequence/carried.ts'
import type { Carried } from '../sequence/message.ts'
import { fingerprintsOf } from '../trace/fingerprint.ts'
import { useRecorder } from '../trace/trace-provider.tsx'
import type { Held } from './debugger.ts'
import type { HeldDraft } from './use-draft.tsx'

/** Null while nothing is changed. */
export function useLiveEdit(held: Held | null, { edited, tampered }: HeldDraft): HeldEdit | null {
  const { fingerprint } = useRecorder()
  const carried = useMemo(
    () =>
      held === null || edited === null || tampered.length === 0
        ? noValues
        : changedValues(held.message, edited, fingerprint),
    [held, edited, tampered, fingerprint],
  )
  const prints = usePrints(carried)
  return useMemo(() => {
    if (held === null || tampered.length === 0) return null
    const printed = carried.map(value => ({
      ...value,
      fingerprint: value.fingerprint ?? prints.get(value.text ?? '') ?? null,
    }))
    return { flow: held.flow, carried: edited === null ? null : printed, tampered }
  }, [held, edited, tampered, carried, prints])
}

const noValues: readonly Carried[] = []

/** The values of the edited message; one that the message did not hold before is tampered. */
export function changedValues(
  before: HeldMessage,
  after: HeldMessage,
  fingerprintOf: FingerprintOf,
): Carried[] {
  const told = { kind: 'held', flow: '', flowType: 'sign_in', at: 0 } as const
  const had = carriedBy({ ...told, message: before }, fingerprintOf)
  return carriedBy({ ...told, message: after }, fingerprintOf).map(carried => ({
    ...carried,
    tampered: !had.some(({ value, text }) => value === carried.value && text === carried.text),
  }))
}

/** Fingerprints of the texts that have none yet, a moment later. */
function usePrints(carried: readonly Carried[]): ReadonlyMap<string, string> {
  const [prints, setPrints] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    const texts = carried.flatMap(({ text, fingerprint }) =>
      text === null || fingerprint !== null ? [] : [text],
    )
    if (texts.length === 0) return
    let stale = false
    void fingerprintsOf(texts).then(made => {
      if (!stale) setPrints(made)
    })
    return () => {
      stale = true
    }
  }, [carried])
  return prints
}
