import { type RefObject, useEffect } from 'react'

/**
 * Makes a scrolling box a stop of the Tab key while its content is larger than the box, so that the arrow keys can
 * scroll it. A box that shows everything is no stop.
 */
export function useScrollStop(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const look = () => {
      const larger = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight
      if (larger) element.tabIndex = 0
      else element.removeAttribute('tabindex')
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [box])
}
