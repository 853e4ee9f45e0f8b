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

const endpoint = 'https://op.example/token'
const received = 'Failed to fetch'

describe('one featureless TypeError, told apart (standards matrix 4.9)', () => {
  it.each([
    [{ online: false }, { code: 'network_offline', expected: 'online' }],
    [{ blockedByPolicy: true }, { code: 'csp_blocked', expected: 'connect-src allows it' }],
    [{ reachable: false }, { code: 'network_unreachable', expected: 'an answer' }],
  ])('%j', async (conditions, details) => {
    expect(await failure(conditions)).toEqual({ ...details, endpoint, received })
  })

  it('META-14: CORS is named with what the server would have to say; the endpoint without its query', async () => {
    expect(await failure({})).toEqual({
      code: 'network_or_cors_blocked',
      hints: ['cors_blocked'],
      expected: 'Access-Control-Allow-Origin: https://app.example',
      endpoint,
      received,
    })
  })

  it('request_timeout before everything else', async () => {
    expect(await failure({ online: false }, undefined, true)).toEqual({
      code: 'request_timeout',
      expected: 'an answer',
      endpoint,
      received,
    })
  })

  it('mixed_content_blocked', async () => {
    expect(await failure({}, 'http://op.example/token')).toEqual({
      code: 'mixed_content_blocked',
      expected: 'https',
      endpoint: 'http://op.example/token',
      received,
    })
  })

  it.each(['http://localhost:8080/token', 'http://keycloak.localhost/token', 'http://127.0.0.1:8080/token'])(
    'a provider on this computer is not mixed content: %s',
    async url => {
      expect(await failure({}, url)).toMatchObject({ code: 'network_or_cors_blocked', endpoint: url })
      expect(await failure({ reachable: false }, url)).toMatchObject({ code: 'network_unreachable' })
    },
  )

  it('http from a page that is http itself is not mixed', async () => {
    const { ports } = createBrowser().openTab(async () => new Response())
    const asked: string[] = []
    const local = {
      ...ports,
      origin: 'http://localhost:5173',
      canReach: async (origin: string) => {
        asked.push(origin)
        return false
      },
    }
    expect(await networkFailure(local, 'http://op.example/token', false, 'gone')).toMatchObject({
      code: 'network_unreachable',
      received: 'gone',
    })
    expect(asked).toEqual(['http://op.example'])
  })
})
