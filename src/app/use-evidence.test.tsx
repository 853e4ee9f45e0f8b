import { act, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useEvidence } from './use-evidence.tsx'

const sent = {}

function open(selected: string | null, first: { sent: object | null; caught: boolean }) {
  const onTab = vi.fn()
  const look = { selected, onTab }
  const hook = renderHook(props => useEvidence(look, props.sent, props.caught), { initialProps: first })
  return { ...hook, onTab }
}

test('the checks open once when an edit is caught', () => {
  const { rerender, onTab } = open(null, { sent: null, caught: false })
  rerender({ sent, caught: false })
  expect(onTab).not.toHaveBeenCalled()
  rerender({ sent, caught: true })
  rerender({ sent, caught: false })
  rerender({ sent, caught: true })
  expect(onTab.mock.calls).toEqual([['checks']])
})

test('also after the redirect, where the edit was there from the start', () => {
  const { rerender, onTab } = open(null, { sent, caught: false })
  rerender({ sent, caught: true })
  expect(onTab.mock.calls).toEqual([['checks']])
})

test('a person who turned elsewhere is left alone, until the next edit', () => {
  const { rerender, onTab, result } = open(null, { sent: null, caught: false })
  rerender({ sent, caught: false })
  act(() => result.current('code'))
  rerender({ sent, caught: true })
  expect(onTab.mock.calls).toEqual([['code']])
  rerender({ sent: {}, caught: false })
  rerender({ sent: {}, caught: true })
  expect(onTab).toHaveBeenLastCalledWith('checks')
})

test('an address that names a message is shown as it says', () => {
  const { rerender, onTab } = open('e7', { sent, caught: false })
  rerender({ sent, caught: true })
  expect(onTab).not.toHaveBeenCalled()
})
