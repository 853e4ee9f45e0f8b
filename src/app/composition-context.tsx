/** What the pages may know about how the app was put together. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Composition } from './compose.ts'
import type { LoadedConfig } from './config.ts'

/** The configuration, or why there is none; neither while it is on its way. */
export interface ConfigState {
  readonly loaded: LoadedConfig | null
  readonly error: OAuthErrorDetails | null
}

interface Known {
  readonly composition: Composition
  readonly config: ConfigState
}

const KnownContext = createContext<Known | null>(null)

export function CompositionProvider({
  composition,
  children,
}: {
  composition: Composition
  children: ReactNode
}) {
  const [config, setConfig] = useState<ConfigState>({ loaded: null, error: null })
  useEffect(() => {
    composition.config.then(
      loaded => setConfig({ loaded, error: null }),
      (error: unknown) =>
        setConfig({
          loaded: null,
          error:
            error instanceof OAuthError ? error.details : { code: 'unexpected', received: String(error) },
        }),
    )
  }, [composition])
  return (
    <KnownContext value={useMemo(() => ({ composition, config }), [composition, config])}>
      {children}
    </KnownContext>
  )
}

function useKnown(): Known {
  const known = useContext(KnownContext)
  if (!known) throw new Error('no <CompositionProvider>')
  return known
}

export const useComposition = (): Composition => useKnown().composition

export const useConfig = (): ConfigState => useKnown().config
