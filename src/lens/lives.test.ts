import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stories } from '../sequence/stories.ts'
import { refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { messagesOf, recorderOf } from './lens.test-data.tsx'
import { lifeScale, livesOf } from './lives.ts'
import { sessionOf } from './story-name.ts'

describe('the lives of the tokens', () => {
  it('begin with the answer and end when it says', async () => {
    const messages = await messagesOf((await signIn()).steps)
    const answer = messages.find(({ kind }) => kind === 'token_response')
    const [access, refreshToken] = livesOf(messages)
    expect(access).toMatchObject({ value: 'access_token', from: answer?.at, replacedAt: null })
    expect((access?.to ?? 0) - (access?.from ?? 0)).toBe(300_000)
    expect(refreshToken).toMatchObject({ value: 'refresh_token', from: answer?.at, to: null })
  })

  it('are replaced when the session is renewed', async () => {
    const first = await signIn()
    const grown = await refresh(first.flow, first.values.refreshToken)
    const lives = livesOf(await messagesOf([...first.steps, ...grown.steps]))
    expect(lives.map(({ value, replacedAt }) => [value, replacedAt === null])).toEqual([
      ['access_token', false],
      ['refresh_token', false],
      ['access_token', true],
      ['refresh_token', true],
    ])
    expect(lives[0]?.replacedAt).toBe(lives[2]?.from)
  })

  it('are over with the session, also when no message tells it', async () => {
    const first = await signIn()
    const refused = await refresh(first.flow, first.values.refreshToken, 'grant')
    const steps = [...first.steps, ...refused.steps]
    const story = stories((await recorderOf(steps)).getTrace()).at(-1)
    expect(story && sessionOf(story)).toBe('signed out')
    expect(livesOf(await messagesOf(steps), true)).toEqual([])
  })

  it('are over after sign-out, and there are none in a story that stopped', async () => {
    const { steps, flow, values } = await signIn()
    const { refreshToken, idToken } = values
    expect(livesOf(await messagesOf([...steps, ...signOut(flow, { refreshToken, idToken })]))).toEqual([])
    for (const failAt of ['token_grant', 'id_token_nonce', 'id_token_signature'] as const)
      expect(livesOf(await messagesOf((await signIn({ failAt })).steps))).toEqual([])
  })
})

describe('their scale', () => {
  it('comes to an end for times of which one step is nothing, and for a life without end', async () => {
    const life = { value: 'access_token', from: 1e22, to: 1e22, replacedAt: null } as const
    expect(lifeScale([life], 1e22, 0).ticks.length).toBeLessThanOrEqual(8)
    const { steps } = await signIn()
    const endless = steps.map(step =>
      step.kind === 'token_response'
        ? { ...step, response: { ...step.response, body: step.response.body.replace('300', '1e306') } }
        : step,
    )
    expect(livesOf(await messagesOf(endless))[0]?.to).toBeNull()
  })

  it('holds every tick, rising, and the present', () => {
    const life = fc.record({
      value: fc.constantFrom('access_token' as const, 'refresh_token' as const),
      from: fc.integer({ min: 0, max: 5_000_000 }),
      to: fc.option(fc.integer({ min: 5_000_000, max: 9_000_000 })),
      replacedAt: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(life, { minLength: 1, maxLength: 8 }), fc.nat(40_000_000), (lives, now) => {
        const scale = lifeScale(lives, 0, now)
        expect(scale.to).toBeGreaterThan(scale.from)
        expect(scale.now).toBeLessThanOrEqual(scale.to)
        expect(scale.ticks.length).toBeLessThanOrEqual(8)
        for (const [i, tick] of scale.ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(scale.from)
          expect(tick).toBeLessThanOrEqual(scale.to)
          if (i > 0) expect(tick).toBeGreaterThan(scale.ticks[i - 1] ?? 0)
        }
      }),
    )
  })
})
