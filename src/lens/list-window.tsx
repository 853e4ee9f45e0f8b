import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import type { Span } from './geometry.ts'
import { offsetIn } from './scroll-box.tsx'

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
  /** The box that the list scrolls in, see `useScrollBox`. */
  readonly box: () => HTMLElement | null
  readonly count: number
  /** Height in px; an estimate when rows are `measured`. */
  readonly heightOf: (index: number) => number
  readonly keyOf: (index: number) => string
  /** Rows are as high as their words: they are measured when drawn. */
  readonly measured: boolean
  /** Rows that are drawn wherever the screen is, given the first row on it. */
  readonly keep: (firstSeen: number) => readonly number[]
}): ListWindow {
  const { list, box, count, heightOf, keyOf, measured, keep } = options
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
    getScrollElement: box,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: 12,
    scrollMargin: margin,
    rangeExtractor,
  })

  useLayoutEffect(() => {
    const around = box()
    if (!long || list.current === null || around === null) return
    setMargin(Math.round(offsetIn(list.current, around)))
  }, [long, list, box])

  return {
    parts: long ? withGaps(virtual.getVirtualItems(), margin, virtual.getTotalSize()) : whole(count),
    measure: long && measured ? virtual.measureElement : undefined,
    spanOf: index => {
      const known = long ? virtual.measurementsCache[index] : undefined
      const around = box()
      if (list.current === null || around === null) return null
      if (known === undefined) return drawnSpan(list.current, around, index)
      const top = known.start - margin + offsetIn(list.current, around)
      return { top, bottom: top + known.size }
    },
  }
}

function drawnSpan(list: HTMLElement, box: HTMLElement, index: number): Span | null {
  const row = list.querySelector(`[data-index="${index}"]`)
  if (row === null) return null
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
