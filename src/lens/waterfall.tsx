import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Message } from '../sequence/message.ts'
import { type TimingRow, timing } from '../sequence/timing.ts'
import { duration } from '../ui/format.ts'
import { Segmented } from '../ui/segmented.tsx'
import { clockLabel } from './clock-label.ts'
import { lineOf } from './line.ts'
import { useListWindow } from './list-window.tsx'
import { resultOf } from './message-log.tsx'
import { MessageMini } from './mini.tsx'
import { scrollTo, useScrollBox } from './scroll-box.tsx'
import { type TimeScale, timeScale } from './time-scale.ts'
import { useRowKeys } from './use-row-keys.tsx'
import './hit.css'
import './waterfall.css'

const rowHeight = 34

/** The story to scale: when each exchange began, how long it took, and what it had waited for. */
export function Waterfall({
  messages,
  appOrigin,
  selected,
  onSelect,
}: {
  messages: readonly Message[]
  appOrigin: string | null
  selected: string | null
  onSelect: (id: string) => void
}) {
  const [span, setSpan] = useState<'busy' | 'whole'>('busy')
  const list = useRef<HTMLOListElement>(null)
  const head = useRef<HTMLElement>(null)
  const rows = useMemo(() => timing(messages, appOrigin), [messages, appOrigin])
  const scale = useMemo(() => timeScale(rows, span === 'whole'), [rows, span])
  const byId = useMemo(() => new Map(messages.map(message => [message.id, message])), [messages])
  const own = rows.flatMap(row => byId.get(row.messageId) ?? [])
  const keys = useRowKeys({ list, messages: own, selected, onSelect })
  const current = rows.findIndex(row => row.messageId === keys.current)
  const box = useScrollBox(list)
  const shown = useListWindow({
    list,
    box,
    count: rows.length,
    measured: true,
    heightOf: useCallback(() => rowHeight, []),
    keyOf: useCallback((i: number) => rows[i]?.messageId ?? String(i), [rows]),
    keep: useCallback(() => [current], [current]),
  })
  const rowOf = (id: string | null) => rows.findIndex(row => row.messageId === id || row.answerId === id)
  const chosen = rows[rowOf(selected)]
  const reveal = useEffectEvent((id: string | null) => {
    const [around, span] = [box(), shown.spanOf(rowOf(id))]
    if (around && span) scrollTo(around, span, { top: head.current?.offsetHeight ?? 0, bottom: 0 })
  })
  useEffect(() => reveal(selected), [selected])
  return (
    <div className="lens-water">
      <header className="lens-water-head" ref={head}>
        <Segmented
          label="Time"
          value={span}
          onChange={setSpan}
          options={[
            { value: 'busy', label: 'Without waiting', name: 'Without the time in which nothing was sent' },
            { value: 'whole', label: 'All time', name: 'All of the time' },
          ]}
        />
        <Axis scale={scale} />
      </header>
      {rows.length === 0 && <p className="caption lens-water-none">Nothing has happened yet.</p>}
      <ol aria-label="Timing" ref={list}>
        {shown.parts.map(part => {
          if (part.type === 'gap')
            return <li key={part.key} aria-hidden="true" style={{ height: part.height }} />
          const row = rows[part.index]
          const message = row === undefined ? undefined : byId.get(row.messageId)
          if (row === undefined || message === undefined) return null
          const bad = [message, byId.get(row.answerId ?? '')].some(
            half => half?.status === 'failed' || half?.status === 'blocked',
          )
          return (
            <li
              key={row.messageId}
              className="lens-water-row"
              data-index={part.index}
              data-selected={row === chosen || undefined}
              data-waited-for={chosen?.waitedFor === row.messageId || undefined}
              aria-posinset={part.index + 1}
              aria-setsize={rows.length}
              ref={shown.measure}
            >
              <button
                type="button"
                className="lens-hit"
                data-message={row.messageId}
                aria-label={inWords(row, message, byId)}
                aria-current={row === chosen || undefined}
                tabIndex={row.messageId === keys.current ? 0 : -1}
                onClick={() => onSelect(row.messageId)}
                onFocus={() => keys.onFocus(row.messageId)}
              />
              <span className="lens-water-name" aria-hidden="true">
                <MessageMini message={message} />
                <span className="lens-water-number">{row.number}</span>
                <span className="lens-water-label">{lineOf(message)}</span>
              </span>
              <Track row={row} scale={scale} bad={bad} />
              <span className="lens-water-took" aria-hidden="true">
                {row.duration === null
                  ? resultOf(message) || 'open'
                  : row.duration === 0
                    ? ''
                    : duration(row.duration)}
              </span>
            </li>
          )
        })}
      </ol>
      {chosen && <Waited row={chosen} byId={byId} />}
    </div>
  )
}

function Axis({ scale }: { scale: TimeScale }) {
  return (
    <div className="lens-water-axis" aria-hidden="true">
      {scale.ticks.map(tick => (
        <span key={tick} style={{ left: percent(scale.place(tick)) }}>
          {clockLabel(tick, 0)}
        </span>
      ))}
    </div>
  )
}

function Track({ row, scale, bad }: { row: TimingRow; scale: TimeScale; bad: boolean }) {
  const from = scale.place(row.start)
  const to = scale.place(row.start + (row.duration ?? 0))
  const waitedFrom = row.waited === null ? null : scale.place(row.start - row.waited)
  return (
    <span className="lens-water-track" aria-hidden="true">
      {scale.cuts.map(cut => (
        <i key={cut.at} className="lens-water-cut" style={{ left: percent(cut.at) }} />
      ))}
      {waitedFrom !== null && (
        <i
          className="lens-water-wait"
          style={{ left: percent(waitedFrom), width: percent(Math.max(0, from - waitedFrom)) }}
        />
      )}
      <i
        className="lens-water-bar"
        data-channel={row.channel}
        data-bad={bad || undefined}
        data-open={row.duration === null || undefined}
        style={{ left: percent(from), width: row.duration === null ? undefined : percent(to - from) }}
      />
    </span>
  )
}

function Waited({ row, byId }: { row: TimingRow; byId: ReadonlyMap<string, Message> }) {
  return (
    <p className="lens-water-foot caption">
      <b>{row.number}</b> began {waitedWords(row, byId)}.
      {row.preflight === 'hidden' &&
        ' The browser asked for permission first, unless it remembered an earlier yes; a script cannot see that request, so its time is part of this one.'}
    </p>
  )
}

function waitedWords(row: TimingRow, byId: ReadonlyMap<string, Message>): string {
  const before = row.waitedFor === null ? undefined : byId.get(row.waitedFor)
  const at = `${duration(Math.abs(row.start))} ${row.start < 0 ? 'before' : 'after'} the start`
  if (before === undefined || row.waited === null) return at
  return `${at}, ${duration(row.waited)} after ${before.number} ${lineOf(before)} was over`
}

function inWords(row: TimingRow, message: Message, byId: ReadonlyMap<string, Message>): string {
  const took = row.duration === null ? resultOf(message) || 'not answered' : `took ${duration(row.duration)}`
  return `${row.number}, ${lineOf(message)}: ${took}, began ${waitedWords(row, byId)}.`
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`
}
