import { type Channel, type Lane, lanes, type Message } from '../sequence/message.ts'
import './mini.css'

const x: Readonly<Record<Lane, number>> = {
  you: 3,
  app: 13,
  'authorization-server': 31,
  'resource-server': 41,
}

export type MiniTone = 'plain' | 'bad' | 'held' | 'ghost'

export interface MiniProps {
  readonly from: Lane
  /** Equal to `from`: a shield, or with channel `make` a box, on that lifeline. */
  readonly to: Lane
  readonly channel: Channel
  readonly tone?: MiniTone
}

/** A message as a glyph of four lifelines, 44 by 14. Decorative: the words beside it say the same. */
export function Mini({ from, to, channel, tone = 'plain' }: MiniProps) {
  return (
    <svg className="lens-mini" data-tone={tone} viewBox="0 0 44 14" aria-hidden="true" focusable="false">
      {lanes.map(lane => (
        <path key={lane} className="lens-mini-lane" d={`M${x[lane]} 0v14`} />
      ))}
      {from === to ? <Inside at={x[from]} channel={channel} /> : <Arrow {...{ from, to, channel }} />}
    </svg>
  )
}

/** The glyph of a message, its tone taken from what became of it. */
export function MessageMini({ message }: { message: Message }) {
  const { from, to, channel } = message
  return <Mini from={from} to={to} channel={channel} tone={toneOf(message)} />
}

export function toneOf({ status, warning }: Pick<Message, 'status' | 'warning'>): MiniTone {
  if (warning !== null) return 'held'
  switch (status) {
    case 'failed':
    case 'blocked':
      return 'bad'
    case 'paused':
    case 'tampered':
      return 'held'
    case 'upcoming':
      return 'ghost'
    case 'active':
    case 'done':
      return 'plain'
  }
}

function Inside({ at, channel }: { at: number; channel: Channel }) {
  if (channel === 'make')
    return <rect className="lens-mini-box" x={at - 3} y={4} width={6} height={6} rx={1.6} />
  return <path className="lens-mini-shield" d={`M${at} 2.2l4 1.4V7c0 2.3-1.7 4-4 5-2.3-1-4-2.7-4-5V3.6z`} />
}

function Arrow({ from, to, channel }: Omit<MiniProps, 'tone'>) {
  const ahead = x[to] > x[from] ? 1 : -1
  return (
    <>
      <path className="lens-mini-line" data-channel={channel} d={`M${x[from]} 7H${x[to] - 3 * ahead}`} />
      <path className="lens-mini-tip" d={`M${x[to]} 7l${-5 * ahead}-3v6z`} />
    </>
  )
}
