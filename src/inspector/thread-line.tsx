import { useMemo } from 'react'
import { laneNames } from '../explain/labels.ts'
import { valueTexts } from '../explain/values.ts'
import type { Lane, Message } from '../sequence/message.ts'
import { type Stop, threadOf } from '../sequence/value-threads.ts'
import { Button } from '../ui/button.tsx'
import { useThread } from './thread-context.tsx'
import './thread-line.css'
import { ValueChip } from './value-chip.tsx'

/**
 * Who made the lit value, who has seen it, who compared it. Nothing while no value is lit. Under the text, which does
 * not move for it: over its end while the value is pointed at, below it once it is pinned.
 */
export function ThreadLine({
  messages,
  onSelect,
}: {
  messages: readonly Message[]
  onSelect: (id: string) => void
}) {
  const { lit, pinned, pin } = useThread()
  const thread = useMemo(() => (lit === null ? null : threadOf(messages, lit)), [messages, lit])
  if (thread === null) return null
  const number = (stop: Stop) => messages.find(message => message.id === stop.messageId)?.number ?? ''
  const where = (stop: Stop) => (
    <button
      type="button"
      className="inspector-goto"
      aria-label={`message ${number(stop)}`}
      onClick={() => onSelect(stop.messageId)}
    >
      {number(stop)}
    </button>
  )
  return (
    <aside
      className="inspector-thread"
      data-pinned={pinned === lit || undefined}
      aria-label="The way of this value"
    >
      <p>
        <ValueChip carried={thread} /> {valueTexts[thread.value].what}
      </p>
      <dl>
        <div>
          <dt>Made by</dt>
          <dd>
            {thread.madeBy === null ? (
              'nobody in this story'
            ) : (
              <>
                {made(thread.madeBy.lane)} in {where(thread.madeBy)}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Seen by</dt>
          <dd>
            {thread.seenBy.map(lane => laneNames[lane]).join(', ')}
            {thread.inAddressBar.length > 0 && ', and whoever reads the address bar'}
          </dd>
        </div>
        <div>
          <dt>Compared by</dt>
          <dd>
            {thread.comparedBy.length === 0
              ? 'nobody that the lens can see'
              : thread.comparedBy.map((stop, at) => (
                  <span key={stop.messageId}>
                    {at > 0 && '; '}
                    {laneNames[stop.lane]} in {where(stop)}: {stop.passed ? 'passed' : 'failed'}
                  </span>
                ))}
          </dd>
        </div>
      </dl>
      {pinned === lit && (
        <Button variant="quiet" size="s" kbd="Esc" onClick={() => pin(null)}>
          Let go
        </Button>
      )}
    </aside>
  )
}

const made = (lane: Lane) => (lane === 'you' ? 'You, by editing it' : laneNames[lane])
