import { useEffect, useMemo, useRef, useState } from 'react'
import { statusNames } from '../explain/labels.ts'
import { type ComparedRow, compare, type Difference } from '../sequence/compare.ts'
import type { Message } from '../sequence/message.ts'
import type { Story } from '../sequence/stories.ts'
import './compare-view.css'
import { lineOf } from './line.ts'
import { MessageMini } from './mini.tsx'
import { nameOfStory } from './story-name.ts'

/** Longer stories are compared up to here: what differs later is a renewal that one of them had more often. */
const longest = 400

/** Two stories side by side, line by line, with the first place where they part. */
export function CompareView({
  stories,
  messagesOf,
}: {
  /** Oldest first. */
  stories: readonly Story[]
  messagesOf: (story: Story) => readonly Message[]
}) {
  const [left, setLeft] = useState<string | null>(null)
  const [right, setRight] = useState<string | null>(null)
  const b = stories.find(story => story.id === right) ?? stories.at(-1)
  const a = stories.find(story => story.id === left) ?? other(stories, b)
  const compared = useMemo(
    () =>
      a === undefined || b === undefined
        ? null
        : compare(messagesOf(a).slice(0, longest), messagesOf(b).slice(0, longest)),
    [a, b, messagesOf],
  )
  const first = compared?.firstDifference ?? null
  const parting = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (first !== null) parting.current?.scrollIntoView?.({ block: 'center' })
  }, [first])
  if (a === undefined || b === undefined || compared === null)
    return (
      <div className="lens-compare">
        <p className="caption lens-compare-none">
          There is one story so far. Run another sign-in, perhaps one that fails, and compare the two.
        </p>
      </div>
    )
  return (
    <div className="lens-compare">
      <header className="lens-compare-head">
        <StorySelect label="Left story" stories={stories} value={a.id} onChange={setLeft} />
        <StorySelect label="Right story" stories={stories} value={b.id} onChange={setRight} />
      </header>
      <p className="lens-compare-said" role="status">
        {first === null ? 'Both went the same way.' : saidOf(compared.rows[first])}
      </p>
      <ol aria-label="Two stories compared">
        {compared.rows.map((row, i) => (
          <li
            key={`${row.left?.id ?? ''} ${row.right?.id ?? ''}`}
            ref={i === first ? parting : undefined}
            className="lens-compare-row"
            data-differs={row.differences.length > 0 || undefined}
            data-first={i === first || undefined}
          >
            {i === first && <p className="lens-compare-mark">First difference</p>}
            <Side message={row.left} />
            <Side message={row.right} />
            {row.left !== null && row.right !== null && row.differences.length > 0 && (
              <Differences differences={row.differences} />
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** To compare with: the newest other story that went well, else the newest other. */
function other(stories: readonly Story[], than: Story | undefined): Story | undefined {
  const rest = stories.filter(story => story !== than)
  return rest.findLast(story => nameOfStory(story).outcome !== 'failed') ?? rest.at(-1)
}

function StorySelect({
  label,
  stories,
  value,
  onChange,
}: {
  label: string
  stories: readonly Story[]
  value: string
  onChange: (id: string) => void
}) {
  return (
    <select
      className="lens-compare-select"
      aria-label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    >
      {[...stories].reverse().map(story => {
        const { name, outcome } = nameOfStory(story)
        return (
          <option key={story.id} value={story.id}>
            {name}, {outcome}
          </option>
        )
      })}
    </select>
  )
}

function Side({ message }: { message: Message | null }) {
  if (message === null) return <p className="lens-compare-side lens-compare-missing">Not there</p>
  return (
    <p className="lens-compare-side" data-status={message.status}>
      <MessageMini message={message} />
      <span className="lens-compare-number">{message.number}</span>
      <span className="lens-compare-label">{lineOf(message)}</span>
      <span className="lens-compare-status">{statusOf(message)}</span>
    </p>
  )
}

function statusOf({ inferred, status, warning }: Message): string {
  if (warning !== null) return 'noted'
  return inferred && status === 'done' ? 'inferred' : statusNames[status]
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  return (
    <ul className="lens-compare-list">
      {differences.map(difference => (
        <li key={`${difference.what} ${difference.name}`}>
          <span>{difference.name || differenceNames[difference.what]}</span>
          <code>{difference.left || 'none'}</code>
          <code>{difference.right || 'none'}</code>
        </li>
      ))}
    </ul>
  )
}

const differenceNames: Readonly<Record<Difference['what'], string>> = {
  missing: 'message',
  status: 'outcome',
  label: 'what was said',
  error: 'error',
  check: 'check',
  parameter: 'parameter',
  tampered: 'tampered',
}

function saidOf(row: ComparedRow | undefined): string {
  const message = row?.left ?? row?.right
  if (row === undefined || message === null || message === undefined) return ''
  if (row.left === null || row.right === null)
    return `They part at ${message.number} ${lineOf(message)}: only the ${row.left === null ? 'right' : 'left'} one has it.`
  return `They part at ${message.number} ${lineOf(message)}.`
}
