import { useEffect } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { useDebugger } from '../pause/use-debugger.tsx'
import { useSession } from '../session/session-provider.tsx'
import { basePath } from './arrival.ts'
import { useComposition } from './composition-context.tsx'
import { profileCode } from './profile-code.ts'

const isProfile = (path: string | null) => path?.split(/[?#]/)[0] === `${basePath}profile`

/**
 * Waits for the callback that the session is finishing, and goes where it leads. The exchange is not started here:
 * it began before React was loaded, so no effect and no second render can spend the code again (RESP-11).
 * @returns whether this callback leads to the profile. It is drawn in its place from the start, so that the name is
 *   there with the ID token and not a page later. A flow that is held stays on the screen instead.
 */
export function useArrival(): { readonly leadsToProfile: boolean } {
  const { arrived } = useComposition()
  const arriving = useMatch('/callback') !== null
  const { current } = useDebugger()
  const returnTo = useSession(session => session.returnTo)
  const navigate = useNavigate()
  useEffect(() => {
    if (!arriving) return
    let here = true
    void arrived.then(async path => {
      if (path === null) return
      // What is said while one waits stays until there is more to see.
      if (isProfile(path)) await profileCode.preload()
      if (!here) return
      void navigate(path.startsWith(basePath) ? `/${path.slice(basePath.length)}` : '/', { replace: true })
    })
    return () => {
      here = false
    }
  }, [arriving, arrived, navigate])
  return { leadsToProfile: arriving && !current && isProfile(returnTo) }
}
