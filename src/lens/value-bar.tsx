import { ShowSecrets } from '../inspector/show-secrets.tsx'
import { ValueChip } from '../inspector/value-chip.tsx'
import { valueKinds } from '../inspector/value-kinds.ts'
import type { ValueName } from '../oauth/step.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { Chip } from '../ui/chip.tsx'
import './value-bar.css'

const names: readonly ValueName[] = [
  'code_verifier',
  'code_challenge',
  'state',
  'nonce',
  'code',
  'access_token',
  'refresh_token',
  'id_token',
]

/** The eight values of the flow, pale until they are made. */
export function ValueBar({ messages }: { messages: readonly Message[] }) {
  const born = valuesNow(messages)
  return (
    <div className="lens-values-bar">
      <ul className="lens-values-list" aria-label="Values in this flow">
        {names.map(name => {
          const carried = born.get(name)
          return (
            <li key={name}>
              {carried === undefined ? (
                <Chip v={valueKinds[name]} label={name} ghost />
              ) : (
                <ValueChip carried={carried} />
              )}
            </li>
          )
        })}
      </ul>
      <ShowSecrets />
    </div>
  )
}

/** The newest of each, as it was made: an edited or foreign one only where there is no other. */
export function valuesNow(messages: readonly Message[]): ReadonlyMap<ValueName, Carried> {
  const found = new Map<ValueName, Carried>()
  for (const message of messages) {
    if (message.status === 'upcoming') continue
    for (const carried of message.carried) {
      if (carried.length === null) continue
      const before = found.get(carried.value)
      const doubtful = carried.tampered || carried.odd
      if (before === undefined || !doubtful || before.tampered || before.odd)
        found.set(carried.value, carried)
    }
  }
  return found
}
