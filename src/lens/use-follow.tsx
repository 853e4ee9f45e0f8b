import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Span, scrollFor } from './geometry.ts'
import { scrollParent } from './list-window.tsx'

export interface Follow {
  /** Messages that came while the person looked elsewhere. */
  readonly missed: number
  jump(): void
  /** Scrolls a row into view, if it is not. */
  reveal(index: number): void
}

/** Keeps the newest message in view, unless the person scrolled away from it. */
export function useFollow(options: {
  readonly list: RefObject<HTMLElement | null>
  /** Row of the newest message; null while nothing has happened. */
  readonly live: number | null
  /** How many messages have happened. */
  readonly happened: number
  readonly spanOf: (index: number) => Span | null
  /** Px that something sticky covers at the top and the bottom of the box. */
  readonly insets: () => Span
}): Follow {
  const { list, live, happened, spanOf, insets } = options
  const following = useRef(true)
  const [seen, setSeen] = useState(happened)
  const latest = useRef({ live, happened, spanOf, insets })

  const reveal = useCallback(
    (index: number) => {
      const box = scrollParent(list.current)
      const span = latest.current.spanOf(index)
      if (box === null || span === null) return
      const to = scrollFor(span, viewOf(box), latest.current.insets())
      if (to !== null) box.scrollTop = to
    },
    [list],
  )

  useLayoutEffect(() => {
    const grown = happened > latest.current.happened
    latest.current = { live, happened, spanOf, insets }
    if (!following.current) return
    if (grown && live !== null) reveal(live)
    setSeen(happened)
  }, [live, happened, spanOf, insets, reveal])

  useEffect(() => {
    const box = scrollParent(list.current)
    if (box === null) return
    const target: EventTarget = box === box.ownerDocument.documentElement ? box.ownerDocument : box
    const onScroll = () => {
      const now = latest.current
      const span = now.live === null ? null : now.spanOf(now.live)
      const view = viewOf(box)
      following.current = span === null || (span.bottom > view.top && span.top < view.bottom)
      if (following.current) setSeen(now.happened)
    }
    target.addEventListener('scroll', onScroll, { passive: true })
    return () => target.removeEventListener('scroll', onScroll)
  }, [list])

  const jump = () => {
    following.current = true
    setSeen(happened)
    if (live !== null) reveal(live)
  }
  return { missed: Math.max(0, happened - seen), jump, reveal }
}

function viewOf(box: HTMLElement): Span {
  return { top: box.scrollTop, bottom: box.scrollTop + box.clientHeight }
}
