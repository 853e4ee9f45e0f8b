import type { ReactNode } from 'react'
import { Glyph } from './glyph.tsx'
import './life-bars.css'
import type { ValueKind } from './value-kind.ts'

/** One life on a track. All times in ms on the chart's own scale. */
export type LifeBar = {
  from: number
  to: number
  /** replaced or spent: drawn pale and whole */
  old?: boolean
  /** the end is not known: the bar runs off the chart */
  open?: boolean
}

export type LifeTrack = {
  v: ValueKind
  name: ReactNode
  bars: readonly LifeBar[]
  /** where one was replaced by the next */
  turns?: readonly number[]
  /** words after a bar's end */
  note?: { at: number; text: string } | undefined
}

/** Lives of several things on one scale, with a line at the present. One picture for a screen reader, told by `label`. */
export function LifeBars({
  label,
  tracks,
  from = 0,
  to,
  now,
  nowText,
  axis,
  compact,
}: {
  /** the whole chart in words */
  label: string
  tracks: readonly LifeTrack[]
  from?: number
  to: number
  now: number
  /** the present on the axis; ticks too near give way to it */
  nowText: string
  axis: readonly { at: number; text: string }[]
  /** marks instead of names */
  compact?: boolean | undefined
}) {
  const span = Math.max(1, to - from)
  const part = (at: number) => Math.min(100, Math.max(0, ((at - from) / span) * 100))
  const place = (at: number) => ({ left: `${part(at).toFixed(3)}%` })
  return (
    <div className={compact ? 'ui-life ui-life-compact' : 'ui-life'} role="img" aria-label={label}>
      {tracks.map((track, row) => (
        <div className="ui-life-row" data-v={track.v} key={`${track.v}-${row.toString()}`}>
          <span className="ui-life-name">
            <Glyph of={track.v} />
            {!compact && track.name}
          </span>
          <div className="ui-life-track">
            {track.bars.map(bar => (
              <LifeStroke key={`${bar.from}-${bar.to}`} bar={bar} now={now} part={part} />
            ))}
            {track.turns?.map(at => (
              <i className="ui-life-turn" key={at} style={place(at)} />
            ))}
            {track.note && part(track.note.at) < 96 && (
              <span className="ui-life-note" style={place(track.note.at)}>
                {track.note.text}
              </span>
            )}
          </div>
        </div>
      ))}
      <div className="ui-life-plot">
        <span className="ui-life-now" style={place(now)} />
      </div>
      <div className="ui-life-axis">
        {axis
          .filter(tick => Math.abs(part(tick.at) - part(now)) > 10)
          .map(tick => (
            <LifeTick key={tick.at} at={part(tick.at)} text={tick.text} />
          ))}
        <LifeTick at={part(now)} text={nowText} present />
      </div>
    </div>
  )
}

function LifeStroke({ bar, now, part }: { bar: LifeBar; now: number; part: (at: number) => number }) {
  const left = part(bar.from)
  const width = Math.max(0, (bar.open ? 100 : part(bar.to)) - left)
  const spent = width === 0 ? 0 : bar.old ? 100 : ((part(now) - left) / width) * 100
  return (
    <span
      className={['ui-life-bar', bar.old && 'ui-life-bar-old', bar.open && 'ui-life-bar-open']
        .filter(Boolean)
        .join(' ')}
      style={{ left: `${left.toFixed(3)}%`, width: `${width.toFixed(3)}%` }}
    >
      <i className="ui-life-spent" style={{ width: `${Math.min(100, Math.max(0, spent)).toFixed(3)}%` }} />
    </span>
  )
}

function LifeTick({ at, text, present }: { at: number; text: string; present?: boolean }) {
  return (
    <span
      className={present ? 'ui-life-tick ui-life-tick-now' : 'ui-life-tick'}
      style={{ left: `${at.toFixed(3)}%`, translate: `${-at}%` }}
    >
      {text}
    </span>
  )
}
