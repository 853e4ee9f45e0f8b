import { describe, expect, it } from 'vitest'
import { explanations } from './explanations.ts'
import { stuckPoints, stuckPointsOf } from './stuck-points.ts'

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

  it('the points that fit the failure come first and say so', () => {
    const points = stuckPointsOf({
      kind: 'token_response',
      error: { code: 'token_response_error', protocolError: 'invalid_grant' },
    })
    const fitting = points.filter(({ fits }) => fits).map(({ point }) => point.number)
    expect(fitting).toEqual([23, 25])
    expect(points.slice(0, 2).map(({ point }) => point.number)).toEqual([23, 25])
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
