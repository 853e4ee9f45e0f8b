import { type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import { useThread } from '../inspector/thread-context.tsx'
import { shortPrint, valueKinds } from '../inspector/value-kinds.ts'
import type { Message } from '../sequence/message.ts'
import { threadOf } from '../sequence/value-threads.ts'
import { type Frame, lineY, type Place, roundedPath, threadPoints } from './geometry.ts'
import type { Row } from './rows.ts'

const radius = 7

/** The way of the lit value, drawn through the lanes once, from where it was made to where it was last seen. */
export function ThreadOverlay({
  list,
  rows,
  tops,
  places,
  messages,
  frame,
}: {
  list: RefObject<HTMLElement | null>
  rows: readonly Row[]
  /** Top of every row, and the height of all. */
  tops: readonly number[]
  /** The place of every message among the rows, by its id. */
  places: ReadonlyMap<string, number>
  messages: readonly Message[]
  frame: Frame
}) {
  const { lit } = useThread()
  const [path, setPath] = useState('')
  const thread = useMemo(() => (lit === null ? null : threadOf(messages, lit)), [messages, lit])

  useLayoutEffect(() => {
    if (thread === null) return setPath('')
    const placeOf = (id: string): Place | null => {
      const at = places.get(id) ?? -1
      const row = rows[at]
      if (row?.type !== 'message') return null
      const self = row.message.from === row.message.to
      const y = (tops[at] ?? 0) + lineY({ self, first: row.first, last: row.last })
      return { y, chip: self ? chipEdges(list.current, at, shortPrint(thread.fingerprint)) : null }
    }
    setPath(roundedPath(threadPoints(thread.stops, placeOf, frame), radius))
  }, [thread, rows, tops, places, frame, list])

  if (thread === null || path === '') return null
  return (
    <svg className="lens-thread" aria-hidden="true" focusable="false" data-v={valueKinds[thread.value]}>
      <path key={lit} d={path} pathLength={1} />
    </svg>
  )
}

function chipEdges(list: HTMLElement | null, index: number, print: string): Place['chip'] {
  const chip = list?.querySelector(`[data-index="${index}"] [data-fp="${print}"]`)
  if (list === null || chip === null || chip === undefined) return null
  const { left, right } = chip.getBoundingClientRect()
  const edge = list.getBoundingClientRect().left
  return { left: left - edge, right: right - edge }
}
