import { useSyncExternalStore } from 'react'
import { clock } from './clock.ts'

const still = () => () => undefined

/** The time in ms, cut to the second, kept up to date every second while `running` and while the page is visible. */
export function useNow(running = true): number {
  return useSyncExternalStore(running ? clock.subscribe : still, clock.now)
}
