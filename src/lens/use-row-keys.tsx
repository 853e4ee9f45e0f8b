import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Message } from '../sequence/message.ts'
import { stepFrom } from '../sequence/playback.ts'
import { useShortcut } from '../ui/use-shortcut.tsx'

export interface RowKeys {
  /** The one row that the Tab key reaches; the others are reached with the arrow keys. */
  readonly current: string | null
  /** A row received the focus. */
  onFocus(id: string): void
}

const page = 10

/**
 * Arrow keys, J and K, Page keys, Home and End move over the messages of a list and select; the focus goes with
 * them. J and K work from anywhere on the page.
 */
export function useRowKeys(options: {
  readonly list: RefObject<HTMLElement | null>
  readonly messages: readonly Message[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}): RowKeys {
  const { list, messages, selected, onSelect } = options
  const [focused, setFocused] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)
  const ids = useMemo(() => new Set(messages.map(({ id }) => id)), [messages])
  const known = (id: string | null) => id !== null && ids.has(id)
  const current = known(focused) ? focused : known(selected) ? selected : (messages[0]?.id ?? null)

  useLayoutEffect(() => {
    if (wanted.current === null) return
    for (const button of list.current?.querySelectorAll<HTMLElement>('[data-message]') ?? []) {
      if (button.dataset['message'] !== wanted.current) continue
      wanted.current = null
      button.focus({ preventScroll: true })
      return
    }
  })

  const go = (id: string | null) => {
    if (id === null) return
    wanted.current = id
    setFocused(id)
    onSelect(id)
  }
  const from = known(selected) ? selected : null
  useShortcut('j', () => go(stepFrom(messages, from, 1)))
  useShortcut('k', () => go(stepFrom(messages, from, -1)))

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const id = target(event.key, messages, current)
    if (id === null) return
    event.preventDefault()
    go(id)
  })
  useEffect(() => {
    const rows = list.current
    const listen = (event: KeyboardEvent) => onKey(event)
    rows?.addEventListener('keydown', listen)
    return () => rows?.removeEventListener('keydown', listen)
  }, [list])

  return { current, onFocus: setFocused }
}

function target(key: string, messages: readonly Message[], from: string | null): string | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return stepFrom(messages, from, 1)
    case 'ArrowUp':
    case 'k':
    case 'K':
      return stepFrom(messages, from, -1)
    case 'PageDown':
      return stepFrom(messages, from, page)
    case 'PageUp':
      return stepFrom(messages, from, -page)
    case 'Home':
      return messages[0]?.id ?? null
    case 'End':
      return messages.at(-1)?.id ?? null
    default:
      return null
  }
}
