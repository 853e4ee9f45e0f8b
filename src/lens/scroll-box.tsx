import { type RefObject, useCallback, useEffect, useRef } from 'react'

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

/** How far down in the content of the box an element begins, px. */
export function offsetIn(element: Element, box: HTMLElement): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
}
