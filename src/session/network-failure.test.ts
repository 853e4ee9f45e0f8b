import { describe, expect, it } from 'vitest'
import { type Conditions, createBrowser } from './fake-ports.test-data.ts'
import { networkFailure } from './network-failure.ts'

const failure = (
  conditions: Partial<Conditions>,
  url = 'https://op.example/token?secret=x',
  timedOut = false,
) => {
  const tab = createBrowser().openTab(async () => new Response())
  Object.assign(tab.conditions, conditions)
  return networkFailure(tab.ports, url, timedOut, new TypeError('Failed to fetch'))
}

describe('one featureless TypeError, told apart (standards matrix 4.9)', () => {
  it.each([
    ['network_offline', { online: false }],
    ['csp_blocked', { blockedByPolicy: true }],
    ['network_unreachable', { reachable: false }],
    ['network_or_cors_blocked', { reachable: true }],
  ] as const)('%s', async (code, conditions) => {
    expect(await failure(conditions)).toMatchObject({ code, received: 'Failed to fetch' })
  })

  it('request_timeout before everything else', async () => {
    expect(await failure({ online: false }, undefined, true)).toMatchObject({ code: 'request_timeout' })
  })

  it('mixed_content_blocked', async () => {
    expect(await failure({}, 'http://op.example/token')).toMatchObject({ code: 'mixed_content_blocked' })
  })

  it('META-14: CORS is named with what the server would have to say', async () => {
    expect(await failure({})).toMatchObject({
      hints: ['cors_blocked'],
      expected: 'Access-Control-Allow-Origin: https://app.example',
    })
  })

  it('the endpoint is named without its query', async () => {
    expect((await failure({})).endpoint).toBe('https://op.example/token')
  })
})
