import type { EvidenceLane } from '../attack/evidence-log.ts'
import { Icon } from '../ui/icon.tsx'
import type { EvidenceLine } from './evidence.ts'
import { EvidenceChip } from './evidence-chip.tsx'
import './evidence-sequence.css'
import { laneIcons, laneNames } from './words.ts'

/** The messages of an attack, with the attacker among the parties. A message that can be opened is a button. */
export function EvidenceSequence({
  lines,
  lanes,
  opened,
  onOpen,
  every,
  label = 'Messages of this attack',
}: {
  label?: string
  /** Every line is a button, what was inferred too: the person points at one. */
  every?: boolean
  lines: readonly EvidenceLine[]
  lanes: readonly EvidenceLane[]
  /** Message whose text is shown below. */
  opened: string | null
  onOpen: (id: string) => void
}) {
  const at = placesOf(lanes)
  return (
    <div className="lab-seq">
      <div className="lab-seq-heads" aria-hidden="true">
        {lanes.map(lane => (
          <span key={lane} className="lab-seq-head" data-lane={lane} style={{ left: `${at(lane)}%` }}>
            <Icon name={laneIcons[lane]} size="xs" />
            {laneNames[lane]}
          </span>
        ))}
      </div>
      <div className="lab-seq-body">
        {lanes.map(lane => (
          <span key={lane} className="lab-seq-lane" data-lane={lane} style={{ left: `${at(lane)}%` }} />
        ))}
        <ol aria-label={label}>
          {lines.map(line => (
            <Line
              key={line.id}
              line={line}
              at={at}
              opened={opened === line.id}
              onOpen={every || line.message !== null ? onOpen : null}
            />
          ))}
        </ol>
      </div>
    </div>
  )
}

/** Places of the lifelines in percent: the outer ones leave room for their names. */
function placesOf(lanes: readonly EvidenceLane[]): (lane: EvidenceLane) => number {
  return lane => {
    const i = Math.max(lanes.indexOf(lane), 0)
    return lanes.length < 2 ? 50 : 14 + (i * 72) / (lanes.length - 1)
  }
}

interface LineProps {
  line: EvidenceLine
  at: (lane: EvidenceLane) => number
  opened: boolean
  /** Null: there is nothing to open. */
  onOpen: ((id: string) => void) | null
}

function Line({ line, at, opened, onOpen }: LineProps) {
  const { id, channel, mark, refused } = line
  return (
    <li
      className="lab-seq-line"
      data-channel={channel}
      data-mark={mark ?? undefined}
      data-refused={refused || undefined}
    >
      {onOpen ? (
        <button
          type="button"
          className="lab-seq-hit"
          aria-label={sentenceOf(line)}
          aria-pressed={opened}
          onClick={() => onOpen(id)}
        />
      ) : (
        <span className="visually-hidden">{sentenceOf(line)}</span>
      )}
      {channel === 'check' ? <Check line={line} at={at} /> : <Arrow line={line} at={at} />}
    </li>
  )
}

function Check({ line: { from, text, mark }, at }: Pick<LineProps, 'line' | 'at'>) {
  const x = at(from)
  const side = x > 60 ? { right: `calc(${100 - x}% + 18px)` } : { left: `calc(${x}% + 18px)` }
  return (
    <span aria-hidden="true">
      <span className="lab-seq-text" style={side}>
        {text}
      </span>
      <span className="lab-seq-mark" style={{ left: `${x}%` }}>
        <Icon name={mark === 'passed' ? 'shield-x' : 'shield-ok'} size="l" />
      </span>
    </span>
  )
}

function Arrow({ line: { from, to, text, values }, at }: Pick<LineProps, 'line' | 'at'>) {
  const [start, end] = [at(from), at(to)]
  const back = end < start
  const left = Math.min(start, end)
  const right = 100 - Math.max(start, end)
  return (
    <>
      <span className="lab-seq-text" style={{ left: `calc(${left}% + 14px)` }} aria-hidden="true">
        {text}
      </span>
      <span
        className="lab-seq-arrow"
        style={{ left: `calc(${left}% + 3px)`, right: `calc(${right}% + 3px)` }}
      />
      <span
        className="lab-seq-tip"
        data-back={back || undefined}
        style={back ? { left: `calc(${left}% + 1px)` } : { right: `${right}%` }}
      />
      <span className="lab-seq-values" style={{ left: `calc(${left}% + 16px)` }}>
        {values.slice(0, 4).map(carried => (
          <EvidenceChip
            key={`${carried.value} ${carried.text}`}
            carried={carried}
            alone={values.length === 1}
          />
        ))}
      </span>
    </>
  )
}

function sentenceOf({ from, to, text, values, mark }: EvidenceLine): string {
  const what = values.map(({ value, tampered }) => (tampered ? `made-up ${value}` : value))
  const said = [text, ...what].join(', ')
  if (from === to)
    return `${laneNames[from]}: ${said}${mark === 'passed' ? ', not stopped' : ', stopped here'}`
  return `${laneNames[from]} to ${laneNames[to]}: ${said}`
}
