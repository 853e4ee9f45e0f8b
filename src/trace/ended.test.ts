import { expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { endedIn } from './ended.ts'
import { signIn } from './fixtures.test-data.ts'

const entriesOf = (steps: readonly Step[]) =>
  steps.map((step, at) => ({ id: `e${at}`, seq: at, tab: 'here', step, redacted: false }))
const signedOut: Step = {
  kind: 'session_changed',
  status: 'signed_out',
  reason: 'another tab signed out',
  flow: 'first',
  flowType: 'sign_out',
  at: 9,
}
const named = (steps: readonly Step[], flow: string, flowType: Step['flowType']) =>
  steps.map((step): Step => ({ ...step, flow, flowType }))

test('LOUT-02: what a sign-out ends is over, late answers of a renewal by frame included', async () => {
  const { steps } = await signIn()
  const middle = Math.floor(steps.length / 2)
  const frame = named(steps, 'frame', 'restore')
  const all = entriesOf([
    ...named(steps, 'first', 'sign_in'),
    ...frame.slice(0, middle),
    signedOut,
    ...frame.slice(middle),
  ])
  expect(endedIn(all, 'here')).toEqual(all)
})

test('a sign-in that was on its way goes on, and so does the next; another tab ends nothing here', async () => {
  const { steps } = await signIn()
  const begun = named(steps.slice(0, 3), 'next', 'sign_in')
  const all = entriesOf([...begun, signedOut, ...named(steps.slice(3), 'next', 'sign_in')])
  const over = endedIn(all, 'here')
  expect(over).toEqual(all.slice(0, begun.length + 1))
  expect(endedIn(all, 'there')).toEqual([])
})
