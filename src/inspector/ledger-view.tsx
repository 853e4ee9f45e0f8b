import { useMemo } from 'react'
import { laneNames } from '../explain/labels.ts'
import { type Knower, knowers, ledger } from '../sequence/ledger.ts'
import type { Message } from '../sequence/message.ts'
import { Icon } from '../ui/icon.tsx'
import './ledger-view.css'
import { ValueChip } from './value-chip.tsx'

const names: Readonly<Record<Knower, string>> = { ...laneNames, attacker: 'Attacker' }

/** Who knows what, after one message. The attacker sees the address bar and the history, and nothing else. */
export function LedgerView({
  messages,
  upTo,
  onSelect,
}: {
  messages: readonly Message[]
  /** Id of the message after which to look; null: now. */
  upTo: string | null
  onSelect: (id: string) => void
}) {
  const rows = useMemo(() => ledger(messages, upTo), [messages, upTo])
  const numberOf = (id: string) => messages.find(message => message.id === id)?.number ?? ''
  if (rows.length === 0)
    return <p className="inspector-empty">Nobody knows anything yet. No value has been made.</p>
  return (
    <section className="inspector-ledger" aria-label="Who knows what">
      <div className="inspector-ledger-box">
        <table>
          <thead>
            <tr>
              <th scope="col">Value</th>
              {knowers.map(knower => (
                <th key={knower} scope="col">
                  {names[knower]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.carried.fingerprint}>
                <th scope="row">
                  <ValueChip carried={row.carried} />
                  {row.spentBy !== null && <small>used up in {numberOf(row.spentBy)}</small>}
                </th>
                {knowers.map(knower => (
                  <td key={knower}>
                    <Cell id={row.since[knower]} numberOf={numberOf} onSelect={onSelect} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption">
        The attacker here sees the address bar and the history, and nothing else. A value that is used up
        opens nothing any more, whoever knows it.
      </p>
    </section>
  )
}

function Cell({
  id,
  numberOf,
  onSelect,
}: {
  id: string | undefined
  numberOf: (id: string) => string
  onSelect: (id: string) => void
}) {
  if (id === undefined)
    return (
      <>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">does not know it</span>
      </>
    )
  return (
    <button
      type="button"
      className="inspector-goto"
      aria-label={`knows it since message ${numberOf(id)}`}
      onClick={() => onSelect(id)}
    >
      <Icon name="eye" size="xs" />
      {numberOf(id)}
    </button>
  )
}
