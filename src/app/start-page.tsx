import { useDebugger } from '../pause/use-debugger.tsx'
import { CallbackPage } from './callback-page.tsx'
import { HomePage } from './home-page.tsx'
import { useArrival } from './use-arrival.tsx'

/**
 * One page for the start and for the callback: a flow that was held at the callback stays on the screen, with focus
 * and all, when the sign-in is finished.
 */
export function StartPage() {
  const arriving = useArrival()
  // Loaded at a callback means: somebody paused before the redirect, and wants to see what happens now.
  const { current } = useDebugger()
  return arriving && !current ? <CallbackPage /> : <HomePage keepInAddress={!arriving} />
}
