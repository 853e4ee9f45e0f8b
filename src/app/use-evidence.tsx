import { useCallback, useEffect, useRef } from 'react'
import type { InspectorTab } from '../inspector/inspector-tabs.ts'
import type { Look } from './use-look.tsx'

/**
 * Opens the checks at the moment in which an edit is caught: the lens chooses the message by itself. Whoever has turned
 * to another tab since the edit was sent is left alone.
 * @param sent the edit, a new object for each
 * @param caught somebody noticed, and nothing else is held
 * @returns the way in which the person turns to a tab
 */
export function useEvidence(
  { selected, onTab }: Pick<Look, 'selected' | 'onTab'>,
  sent: object | null,
  caught: boolean,
): (tab: InspectorTab) => void {
  // A page that was loaded with a message in its address shows what the address says.
  const turned = useRef(selected !== null)
  const before = useRef(sent)
  useEffect(() => {
    if (before.current !== sent) turned.current = false
    before.current = sent
    if (!caught || turned.current) return
    turned.current = true
    onTab('checks')
  }, [sent, caught, onTab])
  return useCallback(
    tab => {
      turned.current = true
      onTab(tab)
    },
    [onTab],
  )
}
