import { useEffect, useMemo, useState } from 'react'
import type { ServerMetadata } from '../oauth/metadata.ts'
import type { Expectation } from '../sequence/message.ts'
import { useClient } from '../session/session-provider.tsx'
import { useConfig } from './composition-context.tsx'
import { expectationOf } from './expectation.ts'

/** What the picture draws before it happens; null while no provider is configured. */
export function useExpectation(): Expectation | null {
  const client = useClient()
  const { loaded } = useConfig()
  const [metadata, setMetadata] = useState<ServerMetadata | null>(null)
  useEffect(() => {
    let wanted = true
    // A provider that cannot be read is told where it matters; the ghosts then show the usual paths.
    client.prepare().then(
      known => wanted && setMetadata(known),
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [client])
  return useMemo(() => (loaded ? expectationOf(loaded.config, metadata) : null), [loaded, metadata])
}
