/** What every page of the app has around it: the session, the trace, the debugger, an address. */
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { DebuggerProvider } from '../pause/use-debugger.tsx'
import { SessionProvider } from '../session/session-provider.tsx'
import type { Page } from '../session/signed-in.test-data.ts'
import { createRecorder } from '../trace/recorder.ts'
import { TraceProvider } from '../trace/trace-provider.tsx'
import type { Composition } from './compose.ts'
import { CompositionProvider } from './composition-context.tsx'
import { pausable } from './debugger-access.ts'

const storage = { get: () => null, set: () => true, remove: () => {} }

export function compositionOf(
  { client, config }: Pick<Page, 'client' | 'config'>,
  change: Partial<Composition> = {},
): Composition {
  const recorder = createRecorder({ storage, now: Date.now, tabId: 't' })
  return {
    client,
    recorder,
    pause: pausable(recorder.observe),
    config: Promise.resolve({ config, source: 'stored' }),
    arrived: Promise.resolve(null),
    providerAnswers: Promise.resolve(true),
    ...change,
  }
}

export function Around({
  composition,
  path = '/',
  children,
}: {
  composition: Composition
  path?: string
  children: ReactNode
}) {
  return (
    <CompositionProvider composition={composition}>
      <SessionProvider client={composition.client}>
        <TraceProvider recorder={composition.recorder}>
          <DebuggerProvider access={composition.pause}>
            <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>
          </DebuggerProvider>
        </TraceProvider>
      </SessionProvider>
    </CompositionProvider>
  )
}
