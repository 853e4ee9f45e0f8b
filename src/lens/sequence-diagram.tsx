import { type CSSProperties, useCallback, useEffect, useMemo, useRef } from 'react'
import { type Expectation, lanes, type Message } from '../sequence/message.ts'
import { zeroOf } from '../sequence/timing.ts'
import { ActHead } from './act-head.tsx'
import './diagram.css'
import { laneShares, stack } from './geometry.ts'
import { JumpToNow } from './jump-to-now.tsx'
import { LaneHeads } from './lane-heads.tsx'
import { Legend } from './legend.tsx'
import { useListWindow } from './list-window.tsx'
import { MessageRow } from './message-row.tsx'
import { actAbove, heightOf, placesOf, rowsOf } from './rows.ts'
import { useScrollBox } from './scroll-box.tsx'
import { ThreadOverlay } from './thread-overlay.tsx'
import { useEntrances } from './use-entrance.tsx'
import { useFollow } from './use-follow.tsx'
import { coveredBy, useFrame } from './use-frame.tsx'
import { useRowKeys } from './use-row-keys.tsx'
// Last: on a narrow screen it overrules the others.
import './story.css'

const laneStyle: CSSProperties = Object.fromEntries(
  lanes.map(lane => [`--lens-x-${lane}`, `${laneShares[lane] * 100}%`]),
)

/** Every message of a story on four lifelines: one ordered list, ghosts included. */
export function SequenceDiagram({
  messages,
  storyId = null,
  expectation,
  selected,
  onSelect,
  onOpen,
}: {
  messages: readonly Message[]
  /** Where the messages may become those of another story. */
  storyId?: string | null
  expectation: Expectation | null
  selected: string | null
  /** Moved to, by key or press. Must stay the same function. */
  onSelect: (id: string) => void
  /** Pressed, or Enter. Must stay the same function. */
  onOpen?: ((id: string) => void) | undefined
}) {
  const list = useRef<HTMLOListElement>(null)
  const area = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(messages), [messages])
  const tops = useMemo(() => stack(rows.map(heightOf)), [rows])
  const places = useMemo(() => placesOf(rows), [rows])
  const zero = useMemo(() => zeroOf(messages), [messages])
  const entrances = useEntrances(messages)
  const frame = useFrame(area, list)
  const box = useScrollBox(list)
  const keys = useRowKeys({ list, messages, selected, onSelect })
  const current = places.get(keys.current ?? '') ?? -1
  // Without heads there are no lanes.
  const story = frame.width === 0

  const shown = useListWindow({
    list,
    box,
    count: rows.length,
    measured: story,
    heightOf: useCallback((place: number) => (tops[place + 1] ?? 0) - (tops[place] ?? 0), [tops]),
    keyOf: useCallback((place: number) => rows[place]?.key ?? String(place), [rows]),
    keep: useCallback((first: number) => [actAbove(rows, first), current], [rows, current]),
  })
  const live = messages.findLastIndex(message => message.status !== 'upcoming')
  const { missed, jump, reveal } = useFollow({
    story: storyId,
    box,
    live: places.get(messages[live]?.id ?? '') ?? null,
    happened: live + 1,
    spanOf: shown.spanOf,
    insets: useCallback(() => coveredBy(area.current), []),
  })
  const selectedPlace = selected === null ? undefined : places.get(selected)
  useEffect(() => {
    if (selectedPlace !== undefined) reveal(selectedPlace)
  }, [selectedPlace, reveal])

  const open = useCallback(
    (id: string) => {
      onSelect(id)
      onOpen?.(id)
    },
    [onSelect, onOpen],
  )
  return (
    <div className="lens-stage">
      <div className="lens-scroll">
        <div className="lens-seq" style={laneStyle}>
          <LaneHeads expectation={expectation} ref={area} />
          <div className="lens-list">
            <ThreadOverlay {...{ list, rows, tops, places, messages, frame }} />
            <ol aria-label="Protocol messages" ref={list}>
              {shown.parts.map(part => {
                if (part.type === 'gap')
                  return <li key={part.key} aria-hidden="true" style={{ height: part.height }} />
                const row = rows[part.index]
                if (row === undefined) return null
                const drawn = { place: part.index, measure: shown.measure }
                if (row.type === 'act') return <ActHead key={row.key} row={row} {...drawn} />
                if (row.type === 'stop') return <StopLine key={row.key} text={row.text} {...drawn} />
                return (
                  <MessageRow
                    key={row.key}
                    row={row}
                    {...drawn}
                    total={messages.length}
                    zero={zero}
                    story={story}
                    selected={row.message.id === selected}
                    current={row.message.id === keys.current}
                    entrances={entrances}
                    onSelect={open}
                    onFocus={keys.onFocus}
                  />
                )
              })}
            </ol>
          </div>
          <div className="lens-tail">
            <Legend long />
          </div>
        </div>
      </div>
      {missed > 0 && <JumpToNow missed={missed} onJump={jump} />}
    </div>
  )
}

/** Seen only: the message that failed says in words that it stopped there. */
function StopLine({
  text,
  place,
  measure,
}: {
  text: string
  place: number
  measure: ((row: Element | null) => void) | undefined
}) {
  return (
    <li className="lens-stop" data-index={place} ref={measure} aria-hidden="true">
      <span>{text}</span>
    </li>
  )
}
