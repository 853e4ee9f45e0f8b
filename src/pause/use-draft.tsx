/** The draft of the held message: kept while another tab or another page is open, until another message is edited. */
import { useMemo } from 'react'
import { useStore } from 'zustand/react'
import { createStore } from 'zustand/vanilla'
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

const kept = createStore<{ readonly held: Held | null; readonly draft: Draft }>(() => ({
  held: null,
  draft: noDraft,
}))

export function useDraft(held: Held | null): HeldDraft {
  const draft = useStore(kept, last => (last.held === held ? last.draft : noDraft))
  return useMemo(
    () => ({
      draft,
      edited: held && editedBy(held.message, draft),
      tampered: held ? tamperedBy(held.message, draft) : [],
      change: next => held && kept.setState({ held, draft: next }),
    }),
    [draft, held],
  )
}
