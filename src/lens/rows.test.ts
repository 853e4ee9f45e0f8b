import { describe, expect, it } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { held, signIn, signOut, silentWithoutSession } from '../trace/fixtures.test-data.ts'
import { messagesOf, signedInSteps } from './lens.test-data.tsx'
import { keyed, type Row, rowsOf, valuesShown } from './rows.ts'

const acts = (rows: readonly Row[]) =>
  rows.flatMap(row => (row.type === 'act' ? [`${row.number} ${row.title}: ${row.state}`] : []))
const kinds = (rows: readonly Row[]) =>
  rows.map(row => (row.type === 'message' ? row.message.kind : row.type === 'act' ? row.title : 'STOP'))

describe('the rows of the diagram', () => {
  it('are six acts to come before anything has happened', async () => {
    expect(acts(rowsOf(await messagesOf([])))).toEqual([
      '1 Prepare: todo',
      '2 Authorize: todo',
      '3 Return: todo',
      '4 Exchange: todo',
      '5 Use: todo',
      '6 Renew and end: todo',
    ])
  })

  it('have every message once, in order, under its act', async () => {
    const messages = await messagesOf(await signedInSteps())
    const rows = rowsOf(messages)
    expect(rows.flatMap(row => (row.type === 'message' ? [row.message] : []))).toEqual(messages)
    let act = ''
    for (const row of rows) {
      if (row.type === 'act') act = row.act
      if (row.type === 'message') expect(row.message.act).toBe(act)
    }
    expect(acts(rows).at(-1)).toBe('6 Renew and end: now')
  })

  it('mark the act that is under way while a message is held', async () => {
    expect(acts(rowsOf(await messagesOf((await held()).steps)))).toContain('4 Exchange: now')
  })

  it('stop where a check refused, and nothing below was sent', async () => {
    const rows = rowsOf(await messagesOf((await signIn({ failAt: 'state' })).steps))
    const names = kinds(rows)
    expect(names[names.indexOf('STOP') - 1]).toBe('authorization_response_checked')
    expect(acts(rows).slice(2)).toEqual([
      '3 Return: stop',
      '4 Exchange: never',
      '5 Use: never',
      '6 Renew and end: never',
    ])
  })

  it('stop after the answer that refused the verifier, before what was never checked', async () => {
    const names = kinds(
      rowsOf(await messagesOf((await signIn({ failAt: 'token_grant', tamper: true })).steps)),
    )
    expect(names[names.indexOf('STOP') - 1]).toBe('token_response')
    expect(names[names.indexOf('STOP') + 1]).toBe('id_token_checked')
  })

  it('draw the app away from the authorization request to its answer', async () => {
    const rows = rowsOf(await messagesOf(await signedInSteps()))
    const away = rows.flatMap(row =>
      row.type === 'message' && row.away ? [[row.message.kind, row.away]] : [],
    )
    expect(away).toEqual([
      ['authorization_request', 'start'],
      ['sign_in_page', 'whole'],
      ['consent_given', 'whole'],
      ['authorization_response', 'end'],
      ['end_session_request', 'start'],
      ['end_session_response', 'end'],
    ])
  })

  it('leave the app where it is while a window asks, under way and after', async () => {
    const { steps } = await signIn({ via: 'popup' })
    const sent = steps.slice(
      0,
      steps.findIndex(({ kind }) => kind === 'authorization_response'),
    )
    for (const told of [sent, steps]) {
      const rows = rowsOf(await messagesOf(told))
      const away = rows.flatMap(row =>
        row.type === 'message' && row.away && row.message.flowType === 'sign_in'
          ? [[row.message.kind, row.away]]
          : [],
      )
      expect(away).toEqual([
        ['authorization_request', 'window'],
        ['sign_in_page', 'window'],
        ['consent_given', 'window'],
        ['authorization_response', 'window'],
      ])
    }
  })

  it('leave the app where it is while the request to leave is held', async () => {
    const { steps } = await signIn()
    const at = steps.findIndex(step => step.kind === 'authorization_request')
    const request = steps[at]
    if (request?.kind !== 'authorization_request') throw new Error('no request')
    const { flow, flowType, url } = request
    const message = { type: 'navigation', purpose: 'authorization', method: 'GET', url, body: null } as const
    const paused: Step = { kind: 'held', flow, flowType, at: request.at, message }
    const rows = rowsOf(await messagesOf([...steps.slice(0, at), paused]))
    expect(rows).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ status: 'paused' }) }),
    )
    const away = rows.flatMap(row => (row.type === 'message' && row.away ? [row.message.kind] : []))
    expect(away).toEqual(['end_session_request', 'end_session_response'])
  })

  it('leave the app where it is while a hidden frame asks', async () => {
    const rows = rowsOf(
      (await messagesOf((await silentWithoutSession()).steps)).filter(({ at }) => at !== null),
    )
    expect(rows.every(row => row.type !== 'message' || row.away === null)).toBe(true)
  })

  it('end with the sign-out', async () => {
    const story = await signIn()
    const { refreshToken, idToken } = story.values
    const rows = rowsOf(await messagesOf([...story.steps, ...signOut(story.flow, { refreshToken, idToken })]))
    expect(acts(rows).at(-1)).toBe('6 Renew and end: done')
    expect(kinds(rows)).not.toContain('STOP')
  })
})

describe('the values of a refusal', () => {
  it('are only those that were refused', async () => {
    const messages = await messagesOf((await signIn({ failAt: 'state' })).steps)
    const refused = messages.find(({ status }) => status === 'blocked')
    expect(refused && valuesShown(refused).map(({ value, odd }) => [value, odd])).toEqual([['state', true]])
  })
})

it('a value has a key of its own in its message, from before its hash is there', async () => {
  const messages = await messagesOf((await signIn({ failAt: 'state' })).steps)
  const { carried = [] } = messages.find(({ kind }) => kind === 'authorization_response_checked') ?? {}
  expect(carried.filter(({ value }) => value === 'state')).toHaveLength(2)
  const keys = keyed(carried).map(([key]) => key)
  expect(new Set(keys).size).toBe(carried.length)
  expect(keyed(carried.map(value => ({ ...value, fingerprint: null }))).map(([key]) => key)).toEqual(keys)
})
