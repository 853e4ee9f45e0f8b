import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { endedIn } from './ended.ts'
import { type Story, signIn } from './fixtures.test-data.ts'
import { jwt } from './told.test-data.ts'

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

describe('another person who signs in while the page goes on', () => {
  /** The sign-in of a person by a window. */
  const signInOf = async (sub: string): Promise<Story> => {
    const story = await signIn({ via: 'popup' })
    const idToken = await jwt({ sub, aud: 'pkce-lens' })
    return {
      ...story,
      steps: story.steps.map(step => (step.kind === 'id_token_checked' ? { ...step, idToken } : step)),
    }
  }

  test('TOK-13: what was before is over, late answers included; what is theirs stays', async () => {
    const [one, two] = [await signInOf('one'), await signInOf('two')]
    const late = one.steps.slice(-2)
    const begun = two.steps.slice(0, 4)
    const all = entriesOf([...begun, ...one.steps.slice(0, -2), ...two.steps.slice(4), ...late])
    expect(endedIn(all, 'here')).toEqual(all.filter(({ step }) => step.flow === one.flow))
    // What is over can be read no more, and is over all the same.
    const closed = all.map(entry =>
      entry.step.kind === 'id_token_checked' && entry.step.flow === one.flow
        ? { ...entry, redacted: true, step: { ...entry.step, idToken: 'redacted.id_token.9.' } }
        : entry,
    )
    expect(endedIn(closed, 'here')).toEqual(
      closed.filter(({ step, redacted }) => step.flow === one.flow && !redacted),
    )
    expect(endedIn(all, 'there')).toEqual([])
  })

  test('the same person, who is asked for more, ends nothing; nor does the first one of a page', async () => {
    const steps = [...(await signInOf('one')).steps, ...(await signInOf('one')).steps]
    expect(endedIn(entriesOf(steps), 'here')).toEqual([])
    const reloaded = entriesOf([...(await signInOf('one')).steps, ...(await signInOf('two')).steps]).map(
      (entry, i) => (i < steps.length / 2 ? { ...entry, earlier: true as const } : entry),
    )
    expect(endedIn(reloaded, 'here')).toEqual([])
  })
})
