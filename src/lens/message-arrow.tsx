import type { Message } from '../sequence/message.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { hopsOver } from './geometry.ts'
import './message-arrow.css'

/** A shield on the lifeline of the party that checked, a box where something was made. */
export function Mark({ message: { channel, status } }: { message: Message }) {
  if (channel === 'make') return <span className="lens-mark lens-mark-made" aria-hidden="true" />
  const name: IconName =
    status === 'upcoming' ? 'shield' : status === 'blocked' || status === 'failed' ? 'shield-no' : 'shield-ok'
  return (
    <span className="lens-mark" aria-hidden="true">
      <Icon name={name} />
    </span>
  )
}

/** From one party to another. */
export function Arrow({ message: { from, to, status } }: { message: Message }) {
  return (
    <span aria-hidden="true">
      <span className="lens-line" />
      {hopsOver(from, to) && <span className="lens-hop" />}
      <span className="lens-from">{status === 'paused' && <Icon name="pause" size="s" />}</span>
      <span className="lens-tip" />
    </span>
  )
}
