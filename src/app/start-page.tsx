import { useEffect } from 'react'
import { useMatch } from 'react-router'
import { useDebugger } from '../pause/use-debugger.tsx'
import { CallbackPage } from './callback-page.tsx'
import { HomePage } from './home-page.tsx'
import { profileCode } from './profile-code.ts'

/** Safari has no idle callback. */
const whenIdle = 'requestIdleCallback' in globalThis ? requestIdleCallback : setTimeout

/**
 * One page for the start and for the callback: a flow that was held at the callback stays on the screen, with focus
 * and all, when the sign-in is finished.
 */
export function StartPage() {
  const arriving = useMatch('/callback') !== null
  // Loaded at a callback means: somebody paused before the redirect, and wants to see what happens now.
  const { current } = useDebugger()
  // So that a callback finds the code of the profile in the browser's cache.
  useEffect(() => {
    if (!arriving) whenIdle(() => void profileCode.preload())
  }, [arriving])
  return arriving && !current ? <CallbackPage /> : <HomePage keepInAddress={!arriving} />
}
