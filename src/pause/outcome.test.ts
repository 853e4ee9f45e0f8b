import { describe, expect, it } from 'vitest'
import type { FlowType, Step } from '../oauth/step.ts'
import { refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { isOvertaken } from './outcome.ts'

describe('the story has gone on without the edited message', () => {
  it('when a person signs in anew or signs out', async () => {
    const { steps, flow } = await signIn()
    const again = await signIn()
    const out = signOut(flow, { refreshToken: 'r', idToken: 'i' })
    expect(isOvertaken(flow, steps)).toBe(false)
    expect(isOvertaken(flow, [...steps, ...again.steps])).toBe(true)
    expect(isOvertaken(flow, [...steps, ...out])).toBe(true)
  })

  it('when something else fails, but not by what goes well, was only prepared, or is a restore that the edit led to', async () => {
    const { steps, flow } = await signIn({ failAt: 'token_grant' })
    const refused = await refresh(flow, 'r', 'grant')
    const as = (flowType: FlowType) => refused.steps.map((step): Step => ({ ...step, flowType }))
    expect(isOvertaken(flow, steps)).toBe(false)
    expect(isOvertaken(flow, [...steps, ...refused.steps])).toBe(true)
    expect(isOvertaken(flow, [...steps, ...as('prepare')])).toBe(false)
    expect(isOvertaken(flow, [...steps, ...as('restore')])).toBe(false)
    expect(isOvertaken(flow, [...steps, ...(await refresh(flow, 'r')).steps])).toBe(false)
  })

  it('but not by the callback whose state was changed: it is of no flow that is known', async () => {
    const { steps, flow } = await signIn({ failAt: 'state' })
    const back = steps.findIndex(step => step.kind === 'authorization_response')
    const stray = steps.slice(back).map((step): Step => ({ ...step, flow: 'stray' }))
    expect(stray.some(step => step.kind === 'failed')).toBe(true)
    expect(isOvertaken(flow, stray)).toBe(false)
  })
})
