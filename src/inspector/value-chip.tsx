import { useEffect, useRef } from 'react'
import type { Carried } from '../sequence/message.ts'
import { Chip } from '../ui/chip.tsx'
import { useThread } from './thread-context.tsx'
import { shortPrint, valueKinds } from './value-kinds.ts'

/** The chip of a value in this run. Pointing at it lights its thread, pressing it pins the thread. */
export function ValueChip({
  carried,
  short,
  bare,
  unnamed,
  tabIndex,
}: {
  carried: Carried
  /** the fingerprint is not drawn */
  short?: boolean
  /** glyph only */
  bare?: boolean
  /** the name is not drawn */
  unnamed?: boolean
  /** -1 in a long list of which the Tab key reaches one row */
  tabIndex?: number
}) {
  const { lit, pinned, light, pin } = useThread()
  const { fingerprint } = carried
  const pointed = useRef(false)
  const point = (now: boolean) => {
    pointed.current = now
    light(now ? fingerprint : null)
  }
  // Nothing leaves a chip that is gone.
  useEffect(
    () => () => {
      if (pointed.current) light(null)
    },
    [light],
  )
  const ghost = carried.length === null
  const thread =
    fingerprint === null
      ? {}
      : {
          lit: lit === fingerprint,
          pressed: pinned === fingerprint,
          onPress: () => pin(pinned === fingerprint ? null : fingerprint),
          onPoint: point,
        }
  return (
    <Chip
      v={valueKinds[carried.value]}
      label={carried.value}
      fingerprint={fingerprint === null ? undefined : shortPrint(fingerprint)}
      ghost={ghost}
      short={short}
      bare={bare}
      unnamed={unnamed}
      tabIndex={tabIndex}
      odd={carried.odd}
      tampered={carried.tampered}
      mark={bare ? undefined : carried.tampered ? 'tampered' : carried.odd ? 'does not fit' : undefined}
      {...thread}
    />
  )
}
