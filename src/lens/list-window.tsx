import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import type { Span } from './geometry.ts'

/** A list longer than this draws only what is near the screen. */
export const wholeUpTo = 150

/** What stands in the list, in order: a row, or the room of rows that are not drawn. */
export type ListPart =
  | { readonly type: 'row'; readonly index: number }
  | { readonly type: 'gap'; readonly key: string; readonly height: number }

export interface ListWindow {
  readonly parts: readonly ListPart[]
  /** For the `ref` of every drawn row, which carries its place in `data-index`. */
  readonly measure: ((row: Element | null) => void) | undefined
  /** Where a row lies in the content of the scrolling box; null before there is a layout. */
  spanOf(index: number): Span | null
}

/**
 * The rows of a list that need drawing. A short list is drawn whole; of a long one what is on the screen, and what
 * must stay: the row with the focus, the heading above.
 */
export function useListWindow(options: {
  readonly list: RefObject<HTMLElement | null>
  readonly count: number
  /** Height in px; on a narrow screen an estimate that is measured later. */
  readonly heightOf: (index: number) => number
  readonly keyOf: (index: number) => string
  /** Rows that are drawn wherever the screen is, given the first row on it. */
  readonly keep: (firstSeen: number) => readonly number[]
}): ListWindow {
  const { list, count, heightOf, keyOf, keep } = options
  const long = count > wholeUpTo
  const [margin, setMargin] = useState(0)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const kept = keep(range.startIndex).filter(index => index >= 0 && index < range.count)
      return [...new Set([...kept, ...defaultRangeExtractor(range)])].sort((a, b) => a - b)
    },
    [keep],
  )
  const virtual = useVirtualizer<HTMLElement, Element>({
    count,
    enabled: long,
    getScrollElement: () => scrollParent(list.current),
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: 12,
    scrollMargin: margin,
    rangeExtractor,
  })

  useLayoutEffect(() => {
    const box = scrollParent(list.current)
    if (!long || list.current === null || box === null) return
    setMargin(Math.round(offsetIn(list.current, box)))
  }, [long, list])

  return {
    parts: long ? withGaps(virtual.getVirtualItems(), margin, virtual.getTotalSize()) : whole(count),
    measure: long ? virtual.measureElement : undefined,
    spanOf: index => {
      const known = long ? virtual.measurementsCache[index] : undefined
      const box = scrollParent(list.current)
      if (known === undefined || list.current === null || box === null) return drawnSpan(list.current, index)
      const top = known.start - margin + offsetIn(list.current, box)
      return { top, bottom: top + known.size }
    },
  }
}

/** The nearest box around `element` that scrolls up and down. */
export function scrollParent(element: HTMLElement | null): HTMLElement | null {
  for (let box = element?.parentElement ?? null; box !== null; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box)
    if (overflowY === 'auto' || overflowY === 'scroll') return box
  }
  return element?.ownerDocument.documentElement ?? null
}

function offsetIn(element: Element, box: HTMLElement): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
}

function drawnSpan(list: HTMLElement | null, index: number): Span | null {
  const row = list?.querySelector(`[data-index="${index}"]`)
  const box = scrollParent(list)
  if (row === null || row === undefined || box === null) return null
  const top = offsetIn(row, box)
  return { top, bottom: top + row.getBoundingClientRect().height }
}

function whole(count: number): ListPart[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'row', index }))
}

function withGaps(
  rows: readonly { index: number; start: number; end: number }[],
  margin: number,
  total: number,
): ListPart[] {
  const parts: ListPart[] = []
  let filled = margin
  const fill = (to: number) => {
    if (to > filled) parts.push({ type: 'gap', key: `gap:${parts.length}`, height: to - filled })
  }
  for (const { index, start, end } of rows) {
    fill(start)
    parts.push({ type: 'row', index })
    filled = end
  }
  fill(total + margin)
  return parts
}
