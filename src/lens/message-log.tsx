import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import { ValueChip } from '../inspector/value-chip.tsx'
import { isResponse, type Message } from '../sequence/message.ts'
import { zeroOf } from '../sequence/timing.ts'
import { duration } from '../ui/format.ts'
import { clockLabel } from './clock-label.ts'
import './hit.css'
import { JumpToNow } from './jump-to-now.tsx'
import { lineOf } from './line.ts'
import { useListWindow } from './list-window.tsx'
import './message-log.css'
import { MessageMini } from './mini.tsx'
import { actAbove, keyed, type MessageRow, placesOf, rowsOf } from './rows.ts'
import { useScrollBox } from './scroll-box.tsx'
import { sentenceOf } from './sentence.ts'
import { useFollow } from './use-follow.tsx'
import { useRowKeys } from './use-row-keys.tsx'

const rowHeight = 34

/** The messages of a story in one line each, with a small picture of who spoke to whom. Ghosts are left out. */
export function MessageLog({
  messages,
  storyId = null,
  selected,
  onSelect,
}: {
  messages: readonly Message[]
  /** Where the messages may become those of another story. */
  storyId?: string | null
  selected: string | null
  onSelect: (id: string) => void
}) {
  const list = useRef<HTMLOListElement>(null)
  const real = useMemo(() => messages.filter(message => message.status !== 'upcoming'), [messages])
  const rows = useMemo(() => rowsOf(real).filter(row => row.type !== 'stop'), [real])
  const places = useMemo(() => placesOf(rows), [rows])
  const zero = useMemo(() => zeroOf(real), [real])
  const keys = useRowKeys({ list, messages: real, selected, onSelect })
  const current = places.get(keys.current ?? '') ?? -1
  const box = useScrollBox(list)
  const shown = useListWindow({
    list,
    box,
    count: rows.length,
    measured: false,
    heightOf: useCallback(() => rowHeight, []),
    keyOf: useCallback((place: number) => rows[place]?.key ?? String(place), [rows]),
    keep: useCallback((first: number) => [actAbove(rows, first), current], [rows, current]),
  })
  const { missed, jump, reveal } = useFollow({
    story: storyId,
    box,
    live: rows.length === 0 ? null : rows.length - 1,
    happened: real.length,
    spanOf: shown.spanOf,
    insets: useCallback(() => ({ top: rowHeight, bottom: 0 }), []),
  })
  const chosen = selected === null ? undefined : places.get(selected)
  useEffect(() => {
    if (chosen !== undefined) reveal(chosen)
  }, [chosen, reveal])
  return (
    <div className="lens-log-box">
      <div className="lens-log">
        {real.length === 0 && <p className="caption lens-log-none">Nothing has happened yet.</p>}
        <ol aria-label="Protocol messages" ref={list}>
          {shown.parts.map(part => {
            if (part.type === 'gap')
              return <li key={part.key} aria-hidden="true" style={{ height: part.height }} />
            const row = rows[part.index]
            if (row?.type === 'act') {
              const at = firstTime(rows[part.index + 1])
              return (
                <li key={row.key} className="lens-log-act" data-index={part.index} aria-hidden="true">
                  {row.title}
                  <span>{at === null || zero === null ? '' : clockLabel(at, zero)}</span>
                </li>
              )
            }
            if (row?.type !== 'message') return null
            return (
              <LogRow
                key={row.key}
                row={row}
                place={part.index}
                total={real.length}
                selected={row.message.id === selected}
                current={row.message.id === keys.current}
                onSelect={onSelect}
                onFocus={keys.onFocus}
              />
            )
          })}
        </ol>
      </div>
      {missed > 0 && <JumpToNow missed={missed} onJump={jump} />}
    </div>
  )
}

function firstTime(row: ReturnType<typeof rowsOf>[number] | undefined): number | null {
  return row?.type === 'message' ? row.message.at : null
}

const LogRow = memo(function LogRow({
  row,
  place,
  total,
  selected,
  current,
  onSelect,
  onFocus,
}: {
  row: MessageRow
  place: number
  total: number
  selected: boolean
  current: boolean
  onSelect: (id: string) => void
  onFocus: (id: string) => void
}) {
  const { message } = row
  return (
    <li
      className="lens-log-row"
      data-step={message.kind}
      data-status={message.status}
      data-noted={message.warning !== null || undefined}
      data-index={place}
      data-selected={selected || undefined}
      aria-posinset={row.index + 1}
      aria-setsize={total}
    >
      {row.heading !== null && <h3 className="visually-hidden">{row.heading}</h3>}
      <button
        type="button"
        className="lens-hit"
        data-message={message.id}
        aria-label={sentenceOf(message)}
        aria-current={selected || undefined}
        tabIndex={current ? 0 : -1}
        onClick={() => onSelect(message.id)}
        onFocus={() => onFocus(message.id)}
      />
      <MessageMini message={message} />
      <span className="lens-log-label" aria-hidden="true">
        {shortLabel(lineOf(message))}
      </span>
      <span className="lens-log-values">
        {keyed(message.carried).map(([key, carried]) => (
          <ValueChip key={key} carried={carried} bare tabIndex={current ? 0 : -1} />
        ))}
      </span>
      <span className="lens-log-result" aria-hidden="true">
        {resultOf(message)}
      </span>
    </li>
  )
})

/** `200 tokens` is `Tokens` here: the number stands at the end of the line. */
function shortLabel(label: string): string {
  const words = label.replace(/^[1-5]\d\d (?!to )/, '')
  // An error code stays as it is written on the wire.
  if (/^\w+$/.test(words) && words.includes('_')) return words
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What came of it, in a word or a number. */
export function resultOf(message: Message): string {
  const { status, channel, checks, response, kind } = message
  if (status === 'paused') return 'paused'
  if (status === 'active') return 'waiting'
  if (status === 'blocked') return 'blocked'
  if (channel === 'check') {
    const made = checks.filter(check => check.outcome !== 'skipped')
    const passed = made.filter(check => check.outcome !== 'failed').length
    return made.length > 1 ? `${passed} of ${made.length}` : 'passed'
  }
  if (response !== null && isResponse(kind)) return String(response.status)
  if (status === 'failed') return 'failed'
  return message.duration === null ? '' : duration(message.duration)
}
