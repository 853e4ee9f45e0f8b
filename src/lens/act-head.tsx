import { Icon } from '../ui/icon.tsx'
import type { ActRow } from './rows.ts'

/** Number and name of an act, which stays in view while its messages pass. Seen only: the first message carries the heading. */
export function ActHead({
  row,
  place,
  measure,
}: {
  row: ActRow
  place: number
  measure: ((row: Element | null) => void) | undefined
}) {
  return (
    <li className="lens-act" data-state={row.state} data-index={place} ref={measure} aria-hidden="true">
      <div className="lens-act-name">
        <span className="lens-act-number">
          {row.state === 'done' ? (
            <Icon name="check" size="xs" />
          ) : row.state === 'stop' ? (
            <Icon name="x" size="xs" />
          ) : (
            row.number
          )}
        </span>
        <span>{row.title}</span>
      </div>
    </li>
  )
}
