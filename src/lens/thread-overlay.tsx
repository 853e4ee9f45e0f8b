import { type RefObject, useLayoutEffect, useState } from 'react'
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
  messages,
  frame,
}: {
  list: RefObject<HTMLElement | null>
  rows: readonly Row[]
  /** Top of every row, and the height of all. */
  tops: readonly number[]
  messages: readonly Message[]
  frame: Frame
}) {
  const { lit } = useThread()
  const [path, setPath] = useState('')
  const thread = lit === null ? null : threadOf(messages, lit)

  useLayoutEffect(() => {
    const found = lit === null ? null : threadOf(messages, lit)
    if (found === null) return setPath('')
    const placeOf = (id: string): Place | null => {
      const at = rows.findIndex(row => row.type === 'message' && row.message.id === id)
      const row = rows[at]
      if (row?.type !== 'message') return null
      const self = row.message.from === row.message.to
      const y = (tops[at] ?? 0) + lineY({ self, first: row.first, last: row.last })
      return { y, chip: self ? chipEdges(list.current, at, shortPrint(found.fingerprint)) : null }
    }
    setPath(roundedPath(threadPoints(found.stops, placeOf, frame), radius))
  }, [lit, messages, rows, tops, frame, list])

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
