/** What the pages may know about how the app was put together. */
import { createContext, type ReactNode, use, useContext } from 'react'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Composition } from './compose.ts'
import type { LoadedConfig } from './config.ts'

const CompositionContext = createContext<Composition | null>(null)

export function CompositionProvider({
  composition,
  children,
}: {
  composition: Composition
  children: ReactNode
}) {
  return <CompositionContext value={composition}>{children}</CompositionContext>
}

export function useComposition(): Composition {
  const composition = useContext(CompositionContext)
  if (!composition) throw new Error('useComposition needs a <CompositionProvider> above it')
  return composition
}

export type ConfigState =
  | { readonly loaded: LoadedConfig; readonly error: null }
  | { readonly loaded: null; readonly error: OAuthErrorDetails }

const states = new WeakMap<Promise<LoadedConfig>, Promise<ConfigState>>()

/** The configuration, or why there is none; suspends until it is known. */
export function useConfig(): ConfigState {
  const { config } = useComposition()
  let state = states.get(config)
  if (!state) {
    state = config.then(
      (loaded): ConfigState => ({ loaded, error: null }),
      (error: unknown): ConfigState => ({
        loaded: null,
        error: error instanceof OAuthError ? error.details : { code: 'unexpected', received: String(error) },
      }),
    )
    states.set(config, state)
  }
  return use(state)
}
