import { describe, expect, it } from 'vitest'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { draw } from '../sequence/fixtures.test-data.ts'
import type { MessageKind } from '../sequence/message.ts'
import { type FailurePlace, signIn } from '../trace/fixtures.test-data.ts'
import { explanations } from './explanations.ts'
import { stuckPoints, stuckPointsOf } from './stuck-points.ts'

/** Numbers of the points that may fit. */
const fitting = (kind: MessageKind, error: OAuthErrorDetails) =>
  stuckPointsOf({ kind, error })
    .filter(({ fits }) => fits)
    .map(({ point }) => point.number)

const numbered = stuckPoints.filter(({ number }) => number !== null)

describe('where people get stuck', () => {
  it('all 34 are placed, each once', () => {
    const numbers = numbered.map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 34 }, (_, at) => at + 1))
    expect(stuckPoints.length - numbered.length).toBe(2)
  })

  it.each(stuckPoints.map(point => [point.number ?? 'also', point] as const))(
    'point %s is answered at a step, in plain words',
    (_, point) => {
      expect(point.kinds.length).toBeGreaterThan(0)
      for (const kind of point.kinds) expect(Object.keys(explanations)).toContain(kind)
      expect(point.sees.length).toBeGreaterThan(10)
      expect(point.answer.length).toBeGreaterThan(40)
      expect(`${point.sees} ${point.answer}`).not.toMatch(/[!\u2014]/)
    },
  )

  it.each([
    [1, 'token_response'],
    [4, 'token_response'],
    [6, 'pkce_created'],
    [7, 'discovery_response'],
    [12, 'authorization_request'],
    [14, 'pkce_created'],
    [18, 'authorization_response_checked'],
    [19, 'authorization_response'],
    [23, 'token_request'],
    [28, 'api_request'],
    [31, 'id_token_checked'],
    [33, 'refresh_request'],
    [34, 'end_session_request'],
  ] as const)('point %i stands at %s', (number, kind) => {
    expect(stuckPoints.find(point => point.number === number)?.kinds).toContain(kind)
  })

  it('the points that may fit the failure come first and say so', () => {
    const points = fitting('token_response', { code: 'token_response_error', protocolError: 'invalid_grant' })
    expect(points).toEqual([25])
    expect(
      fitting('token_response', {
        code: 'token_response_error',
        protocolError: 'invalid_grant',
        protocolDescription: 'PKCE verification failed: Code mismatch',
      }),
    ).toEqual([14, 25])
  })

  it.each<[OAuthErrorDetails, MessageKind, number[]]>([
    [
      { code: 'x', protocolError: 'invalid_request', protocolDescription: 'client_secret is missing.' },
      'token_response',
      [1],
    ],
    [
      { code: 'x', protocolError: 'invalid_client', protocolDescription: 'Invalid client' },
      'token_response',
      [2],
    ],
    [
      { code: 'x', protocolError: 'invalid_request', protocolDescription: 'AADSTS9002326: Cross-origin' },
      'token_response',
      [5],
    ],
    [{ code: 'x', protocolError: 'invalid_request', protocolDescription: 'bad' }, 'token_response', []],
    [
      {
        code: 'discovery_issuer_mismatch',
        received: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      },
      'discovery_response',
      [7, 8],
    ],
    [{ code: 'discovery_issuer_mismatch', received: 'https://as.example/' }, 'discovery_response', [7]],
  ])('%o: only what its words bear out', (error, kind, numbers) => {
    expect(fitting(kind, error)).toEqual(numbers)
  })

  it.each<[FailurePlace, number]>([
    ['discovery_network', 10],
    ['keys', 10],
    ['token_network', 4],
  ])('%s: the answer stands where the failure is drawn', async (failAt, number) => {
    const message = draw((await signIn({ failAt })).steps).find(({ error }) => error !== null)
    if (!message) throw new Error('no failure')
    const [first] = stuckPointsOf(message)
    expect(first).toMatchObject({ fits: true, point: { number } })
  })

  it('a frame or a window that never came back: the address is said first, not the cookies', () => {
    for (const code of ['silent_timeout', 'popup_timeout'])
      expect(stuckPointsOf({ kind: 'authorization_request', error: { code } })[0]).toMatchObject({
        fits: true,
        point: { number: 12 },
      })
  })

  it('without a failure none is said to fit', () => {
    const points = stuckPointsOf({ kind: 'token_response', error: null })
    expect(points.length).toBeGreaterThan(5)
    expect(points.some(({ fits }) => fits)).toBe(false)
  })
})
