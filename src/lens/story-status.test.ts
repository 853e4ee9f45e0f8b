import { describe, expect, it } from 'vitest'
import { exportMarkdown } from '../sequence/export-markdown.ts'
import { exportMermaid } from '../sequence/export-mermaid.ts'
import { selfEndingSteps } from '../sequence/self-ending.test-data.ts'
import { storyMessages } from '../sequence/sequence.ts'
import { stories } from '../sequence/stories.ts'
import { failurePlaces, held, heldAnswer, refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { expectation, messagesOf, recorderOf, signedInSteps } from './lens.test-data.tsx'
import { exportSvg } from './picture-file.ts'
import { rowsOf } from './rows.ts'
import { sentenceOf } from './sentence.ts'
import { nameOfStory, sessionOf } from './story-name.ts'
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
    expect(statusOfStory(messages).more).toBe('Redirect to /callback. Edit it, or let it in as it is.')
    const edited = messages.map(message =>
      message.status === 'paused' ? { ...message, tampered: ['state'] } : message,
    )
    expect(statusOfStory(edited).more).toBe('Redirect to /callback, 1 value tampered')
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
    // What the app does not take or does not send is blocked by the app, whatever end it is at.
    for (const answer of ['discovery_issuer', 'insecure_endpoint', 'userinfo_sub'] as const)
      expect(await by(answer), answer).toMatchObject({ head: 'Blocked', by: 'by the app' })
  })

  it('is signed in again after a renewal that failed once on the network', async () => {
    const first = await signIn()
    const lost = await refresh(first.flow, first.values.refreshToken, 'network')
    const found = await refresh(first.flow, first.values.refreshToken)
    const status = statusOfStory(await messagesOf([...first.steps, ...lost.steps, ...found.steps]))
    expect(status.head).toBe('Signed in')
  })

  it('does not ask for what cannot go on any more', async () => {
    const messages = await messagesOf((await held()).steps)
    expect(statusOfStory(messages, { isHeld: false }).more).toBe('POST /token')
  })

  it('is signed out when the session says so, whatever was sent', async () => {
    const { steps } = await signIn()
    expect(statusOfStory(await messagesOf(steps), { session: 'signed out' }).head).toBe('Signed out')
  })

  it('is not signed in when it broke off, though nothing more is expected of it', async () => {
    const { steps } = await signIn()
    const half = steps.slice(0, steps.findIndex(({ kind }) => kind === 'authorization_response_checked') + 1)
    const { getTrace, fingerprint } = await recorderOf(half)
    const [story] = stories(getTrace())
    if (story === undefined) throw new Error('no story')
    const messages = storyMessages(story, null, fingerprint)
    expect(statusOfStory(messages, { session: sessionOf(story) }).head).toBe('Running')
  })

  it.each([
    ['dropped', 0, 'POST /token, not sent'],
    ['never made', -1, 'Token request, not sent'],
  ] as const)('names the message that was not sent, where it stopped: %s', async (_, end, line) => {
    const { steps } = await held()
    const told = steps.slice(0, steps.length + end)
    const last = steps.at(-1)
    if (last === undefined) throw new Error('nothing is held')
    const { flow, flowType, at } = last
    const error = { code: 'message_dropped' }
    const stop = { kind: 'failed', flow, flowType, at, during: 'token_request', error } as const
    const messages = await messagesOf([...told, stop])
    expect(statusOfStory(messages)).toMatchObject({ head: 'Stopped at 4.1', more: line, code: error.code })
    const said = `4.1, App to Authorization server: ${line}. Failed. Stopped here with message_dropped.`
    expect(messages.map(sentenceOf)).toContain(said)
    expect(exportSvg(messages, expectation)).toContain(`>${line}<`)
  })

  it('is signed out at the end', async () => {
    const { steps, flow, values } = await signIn()
    const { refreshToken, idToken } = values
    const messages = await messagesOf([...steps, ...signOut(flow, { refreshToken, idToken })])
    expect(statusOfStory(messages).head).toBe('Signed out')
  })

  it('REV-06: is signed out although a token could not be handed back', async () => {
    const steps = await selfEndingSteps()
    const messages = await messagesOf(steps)
    expect(statusOfStory(messages)).toMatchObject({ head: 'Signed out', tone: 'pass', code: null })
    const acts = rowsOf(messages).flatMap(row => (row.type === 'act' ? [row.state] : []))
    expect(acts).not.toContain('stop')
    const story = stories({ entries: (await recorderOf(steps)).getTrace().entries, folded: [] }).at(-1)
    expect(story && nameOfStory(story).outcome).toBe('signed out')
  })

  it('a sign-in that an earlier page left is not under way', async () => {
    const { steps } = await held()
    const { entries } = (await recorderOf(steps)).getTrace()
    const outcome = (earlier: boolean) =>
      stories({ entries: entries.map(each => (earlier ? { ...each, earlier } : each)), folded: [] })
        .map(nameOfStory)
        .at(-1)?.outcome
    expect([outcome(false), outcome(true)]).toEqual(['under way', 'failed'])
  })

  it('a story that begins with a renewal is signed in', async () => {
    const { flow, values } = await signIn()
    const { steps } = await refresh(flow, values.refreshToken)
    const messages = (await messagesOf(steps)).filter(({ status }) => status !== 'upcoming')
    expect(statusOfStory(messages).head).toBe('Signed in')
  })

  it('REV-06: what leaves the app does not say that it stopped', async () => {
    const steps = await selfEndingSteps()
    const { getTrace, fingerprint } = await recorderOf(steps)
    const options = { expectation, fingerprint, secrets: 'redacted' } as const
    const mermaid = exportMermaid(getTrace(), options)
    const markdown = exportMarkdown(getTrace(), options)
    const svg = exportSvg(await messagesOf(steps), expectation)
    for (const text of [mermaid, markdown, svg]) {
      expect(text).toContain('oted, the flow goes on')
      expect(text).toContain('revocation_unsupported_token_type')
      expect(text).not.toMatch(/stopped/i)
    }
  })
})
