import { useEffect, useEffectEvent } from 'react'
import { isShortcut } from './shortcuts.ts'

/** Runs `action` when the single key `key` is pressed anywhere but in a field. Letters ignore case. */
export function useShortcut(key: string, action: () => void, enabled = true): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isShortcut(event, key)) return
    event.preventDefault()
    action()
  })

  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}
