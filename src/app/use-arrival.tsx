import { useEffect, useState } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { basePath, isCallback } from './arrival.ts'
import { useComposition } from './composition-context.tsx'
import { profileCode } from './profile-code.ts'

/**
 * Waits for the callback that the session is finishing, and goes where it leads. The exchange is not started here:
 * it began before React was loaded, so no effect and no second render can spend the code again (RESP-11).
 * @returns whether this is the callback
 */
export function useArrival(): boolean {
  const { arrived } = useComposition()
  const arriving = useMatch('/callback') !== null
  const navigate = useNavigate()
  useEffect(() => {
    if (!arriving) return
    let here = true
    void arrived.then(async path => {
      if (path === null) return
      // A page that has to wait for its code is held back longer than the code takes.
      if (path.startsWith(`${basePath}profile`)) await profileCode.preload()
      if (!here) return
      void navigate(path.startsWith(basePath) ? `/${path.slice(basePath.length)}` : '/', { replace: true })
    })
    return () => {
      here = false
    }
  }, [arriving, arrived, navigate])
  return arriving
}

/** Whether the callback that this page was loaded for has still to lead somewhere. */
export function useCallbackPending(): boolean {
  const { arrived } = useComposition()
  const [pending, setPending] = useState(isCallback)
  useEffect(() => {
    if (pending) void arrived.then(profileCode.preload).then(() => setPending(false))
  }, [arrived, pending])
  return pending
}
