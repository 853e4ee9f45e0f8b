import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Frame, Span } from './geometry.ts'

const none: Frame = { left: 0, width: 0 }

/** The area of the lanes, seen from the list; kept up to date while the window changes. */
export function useFrame(area: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): Frame {
  const [frame, setFrame] = useState(none)
  useLayoutEffect(() => {
    const heads = area.current
    const rows = list.current
    if (heads === null || rows === null || typeof ResizeObserver === 'undefined') return
    const look = () => {
      const { left, width } = heads.getBoundingClientRect()
      const next = { left: left - rows.getBoundingClientRect().left, width }
      setFrame(before => (before.left === next.left && before.width === next.width ? before : next))
    }
    const observer = new ResizeObserver(look)
    observer.observe(heads)
    observer.observe(rows)
    look()
    return () => observer.disconnect()
  }, [area, list])
  return frame
}

/** What the heads of the lanes, or of the acts on a narrow screen, cover of the scrolling box; with some air. */
export function coveredBy(heads: HTMLElement | null): Span {
  const height = heads?.parentElement?.offsetHeight ?? 0
  return height > 0 ? { top: height + 48, bottom: 40 } : { top: 120, bottom: 140 }
}
