import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type InspectorTab, inspectorTabs } from '../inspector/inspector-tabs.ts'

export interface Look {
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
  readonly tab: InspectorTab
  readonly onTab: (tab: InspectorTab) => void
}

/** Which message is looked at, and how: kept in the address, so that it can be reloaded and gone back to. */
export function useLook(inAddress: boolean): Look {
  const address = useAddressLook()
  const [selected, onSelect] = useState<string | null>(null)
  const [tab, onTab] = useState<InspectorTab>('explain')
  // What was chosen while a callback was held is chosen still when its address is decided.
  const carryOver = useEffectEvent(() => {
    // The lens comes first: it may have chosen a refused message in this very turn.
    const named = new URLSearchParams(location.search).get('message')
    if (selected !== null && named === address.selected) address.onSelect(selected)
    if (tab !== 'explain') address.onTab(tab)
  })
  useEffect(() => {
    if (inAddress) carryOver()
  }, [inAddress])
  return inAddress ? address : { selected, onSelect, tab, onTab }
}

function useAddressLook(): Look {
  const [parameters, setParameters] = useSearchParams()
  const selected = parameters.get('message')
  const tab = inspectorTabs.find(each => each === parameters.get('tab')) ?? 'explain'
  const set = useCallback(
    (name: string, value: string | null) =>
      setParameters(
        () => {
          // Not what was drawn last: two changes in one turn would undo each other.
          const after = new URLSearchParams(location.search)
          if (value === null) after.delete(name)
          else after.set(name, value)
          return after
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParameters],
  )
  const onSelect = useCallback((id: string | null) => set('message', id), [set])
  const onTab = useCallback((next: InspectorTab) => set('tab', next === 'explain' ? null : next), [set])
  return { selected, onSelect, tab, onTab }
}
