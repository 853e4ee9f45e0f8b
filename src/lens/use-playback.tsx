import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { explanationOf } from '../explain/explanations.ts'
import type { Message } from '../sequence/message.ts'
import { asOf, happened, readingTime } from '../sequence/playback.ts'

export type Speed = 1 | 2 | 4

export interface Playback {
  /** The story as it was at that place; as it is when nobody goes back in time. */
  readonly messages: readonly Message[]
  /** How many messages are shown. */
  readonly position: number
  /** How many have happened. */
  readonly count: number
  /** At the present: what happens next is shown at once. */
  readonly live: boolean
  readonly playing: boolean
  readonly speed: Speed
  setSpeed(speed: Speed): void
  /** Shows the first `position` messages; the last place is the present. */
  seek(position: number): void
  /** Plays at reading speed, or stops. */
  toggle(): void
  /** Back to the present, whatever is chosen. */
  toNow(): void
}

/** Milliseconds before the first message is shown: the eye is still on the button. */
const beforeFirst = 300

/** Where the person is in which story. Place null: at its present. */
interface Travel {
  readonly story: string | null
  readonly place: number | null
  readonly playing: boolean
}

/**
 * Time travel through a story.
 * @param story another one begins at its present
 * @param onArrive called with the message that is now the last, when it was sought or played; must not be slow
 */
export function usePlayback(
  all: readonly Message[],
  story: string | null,
  onArrive: (id: string) => void,
): Playback {
  const present: Travel = { story, place: null, playing: false }
  const [travel, setTravel] = useState(present)
  const [speed, setSpeed] = useState<Speed>(1)
  const { place, playing } = travel.story === story ? travel : present
  const count = happened(all)
  const position = place === null ? count : Math.min(place, count)
  const messages = useMemo(() => (place === null ? all : asOf(all, position)), [all, place, position])
  const last = all[position - 1]

  const show = (next: number, goesOn: boolean) => {
    const at = Math.min(count, Math.max(0, next))
    setTravel({ story, place: at === count ? null : at, playing: goesOn })
    const arrived = all[at - 1]
    if (arrived !== undefined) onArrive(arrived.id)
  }

  const onRead = useEffectEvent((next: number) => show(next, next < count))
  // By its length: a message that is drawn anew, or one that comes meanwhile, does not begin the wait again.
  const wait = !playing ? null : last === undefined ? beforeFirst : readingTime(last, wordsOf(last)) / speed
  useEffect(() => {
    if (wait === null) return
    const timer = setTimeout(() => onRead(position + 1), wait)
    return () => clearTimeout(timer)
  }, [wait, position])

  return {
    messages,
    position,
    count,
    live: place === null,
    playing,
    speed,
    setSpeed,
    seek: next => show(next, false),
    toggle: () => {
      if (!playing && position >= count) show(0, count > 0)
      else setTravel({ story, place, playing: !playing && count > 0 })
    },
    toNow: () => setTravel(present),
  }
}

function wordsOf(message: Message): number {
  return explanationOf(message).what.split(/\s+/).length
}
