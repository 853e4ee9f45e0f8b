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
}

/** Milliseconds before the first message is shown: the eye is still on the button. */
const beforeFirst = 300

/**
 * Time travel through a story. @param onArrive called with the message that is now the last, when it was sought or
 * played; must not be slow
 */
export function usePlayback(all: readonly Message[], onArrive: (id: string) => void): Playback {
  const [place, setPlace] = useState<number | null>(null)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(1)
  const count = happened(all)
  const position = place === null ? count : Math.min(place, count)
  const messages = useMemo(() => (place === null ? all : asOf(all, position)), [all, place, position])
  const last = all[position - 1]

  const show = (next: number) => {
    const at = Math.min(count, Math.max(0, next))
    setPlace(at === count ? null : at)
    const arrived = all[at - 1]
    if (arrived !== undefined) onArrive(arrived.id)
    return at
  }

  const onRead = useEffectEvent((next: number) => {
    if (show(next) >= count) setPlaying(false)
  })
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
    seek: next => {
      setPlaying(false)
      show(next)
    },
    toggle: () => {
      if (!playing && position >= count) show(0)
      setPlaying(!playing && count > 0)
    },
  }
}

function wordsOf(message: Message): number {
  return explanationOf(message).what.split(/\s+/).length
}
