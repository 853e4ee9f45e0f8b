import { useCallback, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { tabStorage } from './tab-storage.ts'

/** Set while a lesson is on in this tab, so that it goes on after the redirect. */
const key = 'pkce-lens.lesson-on'

/** Whether a lesson is on: asked for in the address, or begun in this tab before. */
export function useLessonOn(): { readonly on: boolean; readonly leave: () => void } {
  const [parameters, setParameters] = useSearchParams()
  const asked = parameters.has('lesson')
  const [begun, setBegun] = useState(() => tabStorage.get(key) !== null)
  useEffect(() => {
    if (!asked) return
    tabStorage.set(key, 'on')
    setBegun(true)
  }, [asked])
  const leave = useCallback(() => {
    tabStorage.remove(key)
    setBegun(false)
    setParameters(
      () => {
        const after = new URLSearchParams(location.search)
        after.delete('lesson')
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  }, [setParameters])
  return { on: asked || begun, leave }
}
