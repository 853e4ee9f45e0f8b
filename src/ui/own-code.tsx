/**
 * Parts of the app with code of their own. `lazy` suspends even when the code is here, and React shows what had
 * suspended 300 ms after the last fallback at the earliest, so that screens do not flicker: too long for a name that
 * is known and a button that could be pressed. Here the code is waited for in a state, and shown when it is there.
 */
import { type ComponentType, useEffect, useState } from 'react'

export interface OwnCode<Props extends object> {
  /** The component if its code is here. */
  here(): ComponentType<Props> | null
  /** Asks for the code, once; after a failure the next call is another try. */
  load(): Promise<ComponentType<Props>>
  /** Asks for the code. Never rejects: a failure shows where the component is shown. */
  preload(): Promise<void>
}

/** @param importModule imports the module whose default is the component */
export function ownCode<Props extends object>(
  importModule: () => Promise<{ readonly default: ComponentType<Props> }>,
): OwnCode<Props> {
  let here: ComponentType<Props> | null = null
  let loading: Promise<ComponentType<Props>> | undefined

  async function ask(): Promise<ComponentType<Props>> {
    try {
      here = (await importModule()).default
      return here
    } finally {
      loading = undefined
    }
  }

  async function load(): Promise<ComponentType<Props>> {
    if (here) return here
    loading ??= ask()
    return loading
  }

  return {
    here: () => here,
    load,
    preload: () =>
      load().then(
        () => {},
        () => {},
      ),
  }
}

export interface CodeState<Props extends object> {
  /** Null while its code is on its way, and when it did not come. */
  readonly Component: ComponentType<Props> | null
  /** What kept it away. */
  readonly error: Error | null
  readonly retry: () => void
}

/** Asks for the code when it is first drawn. */
export function useCode<Props extends object>(code: OwnCode<Props>): CodeState<Props> {
  const [Component, setComponent] = useState(code.here)
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    if (Component || error) return
    code.load().then(
      loaded => setComponent(() => loaded),
      (reason: unknown) => setError(reason instanceof Error ? reason : new Error(String(reason))),
    )
  }, [code, Component, error])
  return { Component, error, retry: () => setError(null) }
}
