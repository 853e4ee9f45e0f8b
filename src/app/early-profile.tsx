/**
 * The profile, in a chunk of its own that can be here before it is shown. `lazy` suspends even then, and React holds
 * back what has suspended for up to 300 ms, so that screens do not flicker: too long for a name that is known.
 */
import { type ComponentType, lazy, useState } from 'react'

const load = () => import('./profile-route.tsx')
const LaterProfile = lazy(load)
let loaded: ComponentType | null = null
let loading: Promise<void> | undefined

/** Asks for the code. Never rejects: a failure shows where the profile is shown. */
export function preloadProfile(): Promise<void> {
  loading ??= load().then(
    module => {
      loaded = module.default
    },
    () => {},
  )
  return loading
}

export function EarlyProfile() {
  // Chosen once: another component in this place would lose its state.
  const [Profile] = useState(() => loaded ?? LaterProfile)
  return <Profile />
}
