import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Span } from './geometry.ts'
import { scrollTo, viewOf } from './scroll-box.tsx'

export interface Follow {
  /** Messages that came while the person looked elsewhere. */
  readonly missed: number
  jump(): void
  /** Scrolls a row into view, if it is not. */
  reveal(index: number): void
}

/** Keeps the newest message in view, unless the person scrolled away from it. */
export function useFollow(options: {
  /** Which story is followed: another one begins anew. */
  readonly story: string | null
  /** The box that the list scrolls in, see `useScrollBox`. */
  readonly box: () => HTMLElement | null
  /** Row of the newest message; null while nothing has happened. */
  readonly live: number | null
  /** How many messages have happened. */
  readonly happened: number
  readonly spanOf: (index: number) => Span | null
  /** Px that something sticky covers at the top and the bottom of the box. */
  readonly insets: () => Span
}): Follow {
  const { story, box, live, happened, spanOf, insets } = options
  const following = useRef(true)
  const [seen, setSeen] = useState(happened)
  const latest = useRef({ story, live, happened, spanOf, insets })

  const reveal = useCallback(
    (index: number) => {
      const around = box()
      const span = latest.current.spanOf(index)
      if (around === null || span === null) return
      scrollTo(around, span, latest.current.insets())
    },
    [box],
  )

  useLayoutEffect(() => {
    const another = story !== latest.current.story
    const grown = !another && happened > latest.current.happened
    latest.current = { story, live, happened, spanOf, insets }
    if (another) following.current = true
    if (!following.current) return
    if (grown && live !== null) reveal(live)
    setSeen(happened)
  }, [story, live, happened, spanOf, insets, reveal])

  useEffect(() => {
    const onScroll = (event: Event) => {
      const around = box()
      const own = event.target === around || event.target === around?.ownerDocument
      if (around === null || !own) return
      const now = latest.current
      const span = now.live === null ? null : now.spanOf(now.live)
      const view = viewOf(around)
      following.current = span === null || (span.bottom > view.top && span.top < view.bottom)
      if (following.current) setSeen(now.happened)
    }
    // Which box scrolls changes with the width of the window; a scroll does not bubble, but it can be caught.
    const caught = { capture: true, passive: true }
    document.addEventListener('scroll', onScroll, caught)
    return () => document.removeEventListener('scroll', onScroll, caught)
  }, [box])

  const jump = () => {
    following.current = true
    setSeen(happened)
    if (live !== null) reveal(live)
  }
  return { missed: Math.max(0, happened - seen), jump, reveal }
}
