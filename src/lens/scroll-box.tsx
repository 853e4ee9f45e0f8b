import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { type Span, scrollFor } from './geometry.ts'

/** Finds the box that a list scrolls in. Looked up once, since asking for styles is slow, and anew when the window changes. */
export function useScrollBox(list: RefObject<HTMLElement | null>): () => HTMLElement | null {
  const found = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const forget = () => {
      found.current = null
    }
    addEventListener('resize', forget)
    return () => removeEventListener('resize', forget)
  }, [])
  return useCallback(() => {
    if (found.current === null || !found.current.isConnected) found.current = scrollParent(list.current)
    return found.current
  }, [list])
}

/** The nearest box around `element` that scrolls up and down. */
function scrollParent(element: HTMLElement | null): HTMLElement | null {
  for (let box = element?.parentElement ?? null; box !== null; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box)
    if (overflowY === 'auto' || overflowY === 'scroll') return box
  }
  return element?.ownerDocument.documentElement ?? null
}

/** The part of the content that is seen, px. */
export function viewOf(box: HTMLElement): Span {
  return { top: box.scrollTop, bottom: box.scrollTop + box.clientHeight }
}

/** Scrolls just so far that `span` is seen. @param insets px that something sticky covers at both ends */
export function scrollTo(box: HTMLElement, span: Span, insets: Span): void {
  const to = scrollFor(span, viewOf(box), insets)
  if (to !== null) box.scrollTop = to
}

/** How far down in the content of the box an element begins, px. */
export function offsetIn(element: Element, box: HTMLElement): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
}
