import { Fragment } from 'react'
import { channelIcons } from '../inspector/channel-icons.ts'
import { ValueChip } from '../inspector/value-chip.tsx'
import type { Message } from '../sequence/message.ts'
import { duration } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { lineOf } from './line.ts'
import './message-words.css'
import { keyed, valuesShown } from './rows.ts'

/** What a message is called, and how long it took or why it was refused. */
export function Words({ message }: { message: Message }) {
  const { channel, status, error } = message
  const label = lineOf(message)
  const inside = channel === 'check' || channel === 'make'
  const words = <span className="lens-label">{status === 'blocked' ? `Blocked: ${label}` : label}</span>
  return (
    <span className="lens-words" aria-hidden="true">
      {channel === 'front' ? (
        <span className="lens-pill">
          <Icon name={channelIcons.front} size="s" />
          {words}
        </span>
      ) : (
        <>
          {!inside && <Icon name={channelIcons[channel]} size="s" />}
          {words}
        </>
      )}
      <span className="lens-took">{error !== null ? error.code : took(message)}</span>
    </span>
  )
}

function took({ status, duration: ms, from, to }: Message): string {
  if (status === 'active') return 'waiting'
  return ms === null || status === 'upcoming' || from === to ? '' : duration(ms)
}

/** The values of a message, with the hash between the verifier and its challenge. */
export function Values({ message, reachable }: { message: Message; reachable: boolean }) {
  const { kind } = message
  const carried = valuesShown(message)
  if (carried.length === 0) return null
  const hashed = kind === 'pkce_created' || kind === 'pkce_compared'
  return (
    <span className="lens-values">
      {keyed(carried).map(([key, value], i) => (
        <Fragment key={key}>
          {hashed && i > 0 && (
            <span className="lens-op" aria-hidden="true">
              <span>S256</span>
              <Icon name="arrow" size="xs" />
            </span>
          )}
          <ValueChip carried={value} short={!value.odd && !value.tampered} tabIndex={reachable ? 0 : -1} />
        </Fragment>
      ))}
    </span>
  )
}
