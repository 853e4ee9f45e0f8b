import { useThread } from '../inspector/thread-context.tsx'
import { shortPrint, valueKinds } from '../inspector/value-kinds.ts'
import type { Carried } from '../sequence/message.ts'
import { Chip } from '../ui/chip.tsx'

/** Longer names would hide the arrow that they stand on. */
const longestName = 8

/** The chip of a value on an arrow: its short name, else its fingerprint. Pressing it pins its thread. */
export function EvidenceChip({ carried, alone }: { carried: Carried; alone: boolean }) {
  const { lit, pinned, light, pin } = useThread()
  const { fingerprint, tampered, value } = carried
  return (
    <Chip
      v={valueKinds[value]}
      label={value}
      fingerprint={fingerprint === null ? undefined : shortPrint(fingerprint)}
      short={!tampered && (!alone || value.length <= longestName)}
      unnamed={tampered || !alone || value.length > longestName}
      tampered={tampered}
      lit={fingerprint !== null && lit === fingerprint}
      pressed={fingerprint !== null && pinned === fingerprint}
      onPress={() => pin(pinned === fingerprint ? null : fingerprint)}
      onPoint={pointed => light(pointed ? fingerprint : null)}
    />
  )
}
