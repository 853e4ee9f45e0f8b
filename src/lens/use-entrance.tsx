import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Message } from '../sequence/message.ts'
import './entrance.css'

/** Which messages the person has already seen come true: each arrow is drawn once, not whenever it scrolls into view. */
export interface Entrances {
  /** True the first time it is asked for this message. */
  take(id: string): boolean
  /** It is to come again: the story was rewound. */
  forget(id: string): void
}

export function useEntrances(messages: readonly Message[]): Entrances {
  const [entrances] = useState(() => {
    const seen = new Set(messages.filter(({ status }) => status !== 'upcoming').map(({ id }) => id))
    return {
      take: (id: string) => {
        const isNew = !seen.has(id)
        seen.add(id)
        return isNew
      },
      forget: (id: string) => {
        seen.delete(id)
      },
    }
  })
  return entrances
}

/** Marks the row with `data-new` when its message becomes real, which starts the drawing of the arrow. */
export function useEntrance(
  row: RefObject<HTMLElement | null>,
  message: Message,
  entrances: Entrances,
): void {
  const { id } = message
  const real = message.status !== 'upcoming'
  useLayoutEffect(() => {
    if (!real) {
      entrances.forget(id)
      delete row.current?.dataset['new']
      return
    }
    // Taken whether or not there is a row to mark: it has entered.
    const isNew = entrances.take(id)
    if (isNew && row.current !== null) row.current.dataset['new'] = ''
  }, [real, id, entrances, row])
}
