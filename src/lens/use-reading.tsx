import { useEffect, useRef, useState } from 'react'
import type { Message } from '../sequence/message.ts'
import { useSelection } from './use-selection.tsx'

export interface Reading {
  /** The message that is read: the one the person holds on to, else the chosen one. */
  readonly shown: Message | null
  /** Messages that came since the person began to read. */
  readonly newer: number
  keep(): void
  /** Lets go: the newest message is shown again. */
  follow(): void
}

/** While nothing is chosen the newest message is shown; once the person does something with it, it stays. */
export function useReading(
  messages: readonly Message[],
  selected: string | null,
  onSelect: (id: string | null) => void,
): Reading {
  const [kept, setKept] = useState<{ readonly id: string; readonly newest: string } | null>(null)
  useEffect(() => {
    if (selected !== null) setKept(null)
  }, [selected])
  const real = messages.filter(({ status }) => status !== 'upcoming')
  const held = selected === null && kept !== null ? real.find(({ id }) => id === kept.id) : undefined
  const since = held === undefined ? -1 : real.findIndex(({ id }) => id === kept?.newest)
  const newest = real.at(-1)
  const chosen = useSelection(messages, selected, onSelect, held !== undefined)
  return {
    shown: held ?? chosen,
    newer: since < 0 ? 0 : real.length - 1 - since,
    keep: () => {
      if (held !== undefined || selected !== null || chosen === null || newest === undefined) return
      if (chosen.status !== 'upcoming') setKept({ id: chosen.id, newest: newest.id })
    },
    follow: () => setKept(null),
  }
}

const signs = ['pointerdown', 'wheel', 'touchmove', 'keydown', 'focusin'] as const

/** Calls back when the person scrolls, presses or focuses something in the element of the returned ref. */
export function useSignsOfReading(onSign: () => void) {
  const area = useRef<HTMLDivElement>(null)
  const latest = useRef(onSign)
  useEffect(() => {
    latest.current = onSign
  })
  useEffect(() => {
    const element = area.current
    if (element === null) return
    // The whole view is focused by us, see `reading-inspector.tsx`; all else comes from the person.
    const onEvent = ({ type, target }: Event) => {
      const whole = type === 'focusin' && target instanceof Element && target.matches('.inspector')
      if (!whole) latest.current()
    }
    for (const sign of signs) element.addEventListener(sign, onEvent, { capture: true, passive: true })
    return () => {
      for (const sign of signs) element.removeEventListener(sign, onEvent, { capture: true })
    }
  }, [])
  return area
}
