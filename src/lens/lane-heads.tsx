import type { Ref } from 'react'
import { laneNames } from '../explain/labels.ts'
import { type Expectation, type Lane, lanes } from '../sequence/message.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { partyOrigin } from './lane-origin.ts'

export const laneIcons: Readonly<Record<Lane, IconName>> = {
  you: 'person',
  app: 'tab',
  'authorization-server': 'keysrv',
  'resource-server': 'box',
}

export const shortLaneNames: Readonly<Record<Lane, string>> = {
  you: 'You',
  app: 'App',
  'authorization-server': 'Auth server',
  'resource-server': 'Resource server',
}

/** Heads of the four lifelines, with the origins that really speak. `ref` is the area that the lanes share. */
export function LaneHeads({
  expectation,
  ref,
}: {
  expectation: Expectation | null
  ref: Ref<HTMLDivElement>
}) {
  return (
    <div className="lens-heads">
      <div className="lens-heads-area" ref={ref}>
        {lanes.map(lane => (
          <div key={lane} className="lens-head" style={{ left: `var(--lens-x-${lane})` }}>
            <b>
              <Icon name={laneIcons[lane]} size="s" />
              <span>{laneNames[lane]}</span>
            </b>
            <Where lane={lane} expectation={expectation} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Where({ lane, expectation }: { lane: Lane; expectation: Expectation | null }) {
  if (lane === 'you') return <span className="lens-head-where">the person</span>
  if (expectation === null) return null
  const origin = partyOrigin(lane, expectation)
  if (origin === null || !URL.canParse(origin)) return <span className="lens-head-where">not asked</span>
  const { hostname, port } = new URL(origin)
  return (
    <code className="lens-head-where" title={origin}>
      <span className="lens-head-host">{hostname}</span>
      {port && <span>:{port}</span>}
    </code>
  )
}
