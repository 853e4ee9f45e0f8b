/** React starts here, while the session is already at work. */
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/fonts.css'
import { DebuggerProvider } from '../pause/use-debugger.tsx'
import { SessionProvider } from '../session/session-provider.tsx'
import { TraceProvider } from '../trace/trace-provider.tsx'
import { isCallback } from './arrival.ts'
import type { Composition } from './compose.ts'
import { CompositionProvider } from './composition-context.tsx'
import { AppRoutes } from './routes.tsx'

export function start(root: HTMLElement, composition: Composition): void {
  const page = createRoot(root)
  const draw = () =>
    page.render(
      <StrictMode>
        <CompositionProvider composition={composition}>
          <SessionProvider client={composition.client}>
            <TraceProvider recorder={composition.recorder}>
              <DebuggerProvider access={composition.pause}>
                <AppRoutes />
              </DebuggerProvider>
            </TraceProvider>
          </SessionProvider>
        </CompositionProvider>
      </StrictMode>,
    )
  // Where a sign-in ends, in slices: on a slow machine the tokens come meanwhile, and the profile is asked for between.
  if (isCallback) startTransition(draw)
  else draw()
}
