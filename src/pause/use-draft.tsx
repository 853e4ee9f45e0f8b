/** The draft of the held message: kept while its editor is out of sight, gone with the message. */
import { useMemo, useState } from 'react'
import type { HeldMessage } from '../oauth/step.ts'
import type { Held } from './debugger.ts'
import { type Draft, editedBy, noDraft, tamperedBy } from './draft.ts'

export interface HeldDraft {
  readonly draft: Draft
  /** As it will go on; null while it cannot. */
  readonly edited: HeldMessage | null
  /** Names of what was changed. */
  readonly tampered: readonly string[]
  readonly change: (draft: Draft) => void
}

export function useDraft(held: Held | null): HeldDraft {
  const [kept, keep] = useState<{ readonly serial: number; readonly draft: Draft } | null>(null)
  const serial = held?.serial ?? null
  const message = held?.message ?? null
  const draft = kept !== null && kept.serial === serial ? kept.draft : noDraft
  return useMemo(
    () => ({
      draft,
      edited: message && editedBy(message, draft),
      tampered: message ? tamperedBy(message, draft) : [],
      change: next => serial !== null && keep({ serial, draft: next }),
    }),
    [draft, message, serial],
  )
}
