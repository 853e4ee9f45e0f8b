import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useFollow } from './use-follow.tsx'

const rowHeight = 10
const spanOf = (index: number) => ({ top: index * rowHeight, bottom: (index + 1) * rowHeight })
const insets = () => ({ top: 0, bottom: 0 })

test('another story is followed anew: nothing of it is missed', () => {
  const list = document.body.appendChild(document.createElement('div'))
  Object.defineProperty(list, 'clientHeight', { value: 5 * rowHeight })
  const box = () => list
  const { result, rerender } = renderHook(
    ({ story, happened }) => useFollow({ story, box, live: happened - 1, happened, spanOf, insets }),
    { initialProps: { story: 'new', happened: 20 } },
  )
  act(() => void list.dispatchEvent(new Event('scroll')))
  rerender({ story: 'new', happened: 23 })
  expect(result.current.missed).toBe(3)
  rerender({ story: 'old', happened: 3 })
  expect(result.current.missed).toBe(0)
  rerender({ story: 'new', happened: 23 })
  expect(result.current.missed).toBe(0)
  rerender({ story: 'new', happened: 24 })
  expect(result.current.missed).toBe(0)
  expect(list.scrollTop).toBe(spanOf(23).bottom - list.clientHeight)
})
