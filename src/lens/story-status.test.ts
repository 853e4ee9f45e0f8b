import { describe, expect, it } from 'vitest'
import { failurePlaces, held, heldAnswer, refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { messagesOf, signedInSteps } from './lens.test-data.tsx'
import { statusOfStory } from './story-status.ts'

describe('how a story stands', () => {
  it('is ready before anything has happened', async () => {
    expect(statusOfStory(await messagesOf([]))).toMatchObject({ head: 'Ready', tone: 'plain' })
  })

  it('is ready when only the metadata was fetched ahead', async () => {
    const { steps } = await signIn()
    const ahead = steps
      .filter(({ kind }) => kind === 'discovery_request' || kind === 'discovery_response')
      .map(step => ({ ...step, flow: 'ahead', flowType: 'prepare' as const }))
    expect(statusOfStory(await messagesOf(ahead)).head).toBe('Ready')
  })

  it('waits at a held message', async () => {
    const status = statusOfStory(await messagesOf((await held()).steps))
    expect(status).toMatchObject({ head: 'Paused before 4.1', tone: 'warn' })
    expect(status.more).toBe('POST /token. Edit it, or send it as it is.')
  })

  it('does not ask for an answer to be sent, and counts what is changed in it', async () => {
    const messages = await messagesOf((await heldAnswer('authorization_response')).steps)
    expect(statusOfStory(messages).more).toBe('302 to /callback. Edit it, or let it in as it is.')
    const edited = messages.map(message =>
      message.status === 'paused' ? { ...message, tampered: ['state'] } : message,
    )
    expect(statusOfStory(edited).more).toBe('302 to /callback, 1 value tampered')
  })

  it('is signed in, and counts what happened', async () => {
    const status = statusOfStory(await messagesOf(await signedInSteps()))
    expect(status).toMatchObject({ head: 'Signed in', tone: 'pass' })
    expect(status.more).toMatch(/^\d+ messages in \d\.\d\d s, then 1 refresh$/)
  })

  it('is running half way', async () => {
    const { steps } = await signIn()
    const half = steps.slice(0, steps.findIndex(({ kind }) => kind === 'token_request') + 1)
    expect(statusOfStory(await messagesOf(half)).head).toBe('Running')
  })

  it.each(failurePlaces)('says with the code that it stopped: %s', async failAt => {
    const { steps } = await signIn({ failAt })
    const failed = steps.find(step => step.kind === 'failed')
    const status = statusOfStory(await messagesOf(steps))
    expect(failed?.kind === 'failed' && status.code === failed.error.code).toBe(true)
    expect(status.tone).toBe('fail')
    expect(status.head).toMatch(/^(Blocked$|Stopped at )/)
  })

  it('names the party that blocked', async () => {
    const by = async (failAt: (typeof failurePlaces)[number]) =>
      statusOfStory(await messagesOf((await signIn({ failAt, tamper: failAt === 'token_grant' })).steps))
    expect(await by('state')).toMatchObject({ head: 'Blocked', by: 'by the app' })
    expect(await by('token_grant')).toMatchObject({ head: 'Blocked', by: 'by the authorization server' })
  })

  it('is signed in again after a renewal that failed once on the network', async () => {
    const first = await signIn()
    const lost = await refresh(first.flow, first.values.refreshToken, 'network')
    const found = await refresh(first.flow, first.values.refreshToken)
    const status = statusOfStory(await messagesOf([...first.steps, ...lost.steps, ...found.steps]))
    expect(status.head).toBe('Signed in')
  })

  it('is signed out at the end', async () => {
    const { steps, flow, values } = await signIn()
    const { refreshToken, idToken } = values
    const messages = await messagesOf([...steps, ...signOut(flow, { refreshToken, idToken })])
    expect(statusOfStory(messages).head).toBe('Signed out')
  })
})
