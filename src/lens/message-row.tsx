import { type CSSProperties, memo, type Ref, useRef } from 'react'
import { laneNames } from '../explain/labels.ts'
import type { Lane, Message } from '../sequence/message.ts'
import { Icon } from '../ui/icon.tsx'
import { clockLabel } from './clock-label.ts'
import { isLeftward, lineY, rowHeight } from './geometry.ts'
import './hit.css'
import { laneIcons, shortLaneNames } from './lane-heads.tsx'
import { Arrow, Mark } from './message-arrow.tsx'
import { Values, Words } from './message-words.tsx'
import './row.css'
import type { MessageRow as Row } from './rows.ts'
import { sentenceOf } from './sentence.ts'
import { type Entrances, useEntrance } from './use-entrance.tsx'

export interface MessageRowProps {
  readonly row: Row
  /** Place among the drawn rows, for the list that draws only some. */
  readonly place: number
  readonly total: number
  readonly zero: number | null
  /** There are no lanes: the row says who speaks to whom. */
  readonly story: boolean
  readonly selected: boolean
  /** The Tab key stops here. */
  readonly current: boolean
  readonly entrances: Entrances
  readonly measure: ((row: Element | null) => void) | undefined
  readonly onSelect: (id: string) => void
  readonly onFocus: (id: string) => void
}

/** One message of the diagram: time, arrow or shield, words, values. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, place, total, zero, story, selected, current, entrances, measure, onSelect, onFocus } = props
  const { message } = row
  const { from, to, channel } = message
  const self = from === to
  const shape = { self, first: row.first, last: row.last }
  const element = useRef<HTMLLIElement>(null)
  useEntrance(element, message, entrances)
  const ref: Ref<HTMLLIElement> = node => {
    element.current = node
    measure?.(node)
  }
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--f': `var(--lens-x-${from})`,
    '--t': `var(--lens-x-${to})`,
    '--lens-h': `${rowHeight(shape)}px`,
    '--lens-y': `${lineY(shape)}px`,
  }
  const classes = ['lens-row', self && 'lens-self', isLeftward(from, to) && 'lens-leftward']
  return (
    <li
      ref={ref}
      className={classes.filter(Boolean).join(' ')}
      data-step={message.kind}
      data-status={message.status}
      data-never={message.never || undefined}
      data-noted={message.warning !== null || undefined}
      data-index={place}
      data-channel={channel}
      data-at={from}
      data-away={row.away ?? undefined}
      data-selected={selected || undefined}
      aria-posinset={row.index + 1}
      aria-setsize={total}
      style={style}
    >
      {row.heading !== null && <h2 className="visually-hidden">{row.heading}</h2>}
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
      <span className="lens-time" aria-hidden="true">
        <Time message={message} zero={zero} />
      </span>
      <div className="lens-lanes">
        {self ? <Mark message={message} /> : <Arrow message={message} />}
        {story && <Parties from={from} to={to} />}
        <Words message={message} />
        {message.kind === 'sign_in_page' && row.away !== null && (
          <span className="lens-away" aria-hidden="true">
            {row.away === 'window' ? 'a window is open' : 'tab is away'}
          </span>
        )}
        <Values message={message} reachable={current} />
      </div>
    </li>
  )
})

function Time({ message, zero }: { message: Message; zero: number | null }) {
  if (message.status === 'paused') return <Icon name="pause" size="s" />
  if (message.status === 'upcoming') return null
  if (message.inferred) return <i title="Not visible from the browser; read from the answer">inferred</i>
  return message.at === null || zero === null ? null : clockLabel(message.at, zero)
}

/** Who speaks to whom, as badges. */
function Parties({ from, to }: { from: Lane; to: Lane }) {
  return (
    <span className="lens-who" aria-hidden="true">
      <Party lane={from} />
      {to !== from && (
        <>
          <Icon name="arrow" size="xs" />
          <Party lane={to} />
        </>
      )}
    </span>
  )
}

function Party({ lane }: { lane: Lane }) {
  return (
    <span className="lens-badge" title={laneNames[lane]}>
      <Icon name={laneIcons[lane]} size="s" />
      {shortLaneNames[lane]}
    </span>
  )
}
