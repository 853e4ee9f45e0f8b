import { describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { presetById } from '../presets/presets.ts'
import { noFacts } from './diagnosis.ts'
import { diagnose } from './last-failure.ts'

const config = parseClientConfig(
  { issuer: 'http://localhost:4', client_id: 'pkce-lens', scope: 'openid' },
  'http://localhost:5173',
)
const facts = noFacts(config, presetById('any'), 'http://localhost:5173')
const endpoint = 'http://localhost:4/.well-known/openid-configuration'
const failed = (hint: string, change: Partial<OAuthErrorDetails> = {}) =>
  diagnose({
    error: {
      code: 'discovery_fetch_failed',
      expected: 'an answer',
      received: 'Failed to fetch',
      endpoint,
      hints: [hint],
      ...change,
    },
    facts,
  })[0]

describe('a request that met nobody', () => {
  test('4.9: the headline says what happened, and the words of the browser are not the explanation', () => {
    const cause = failed('network_unreachable')
    expect(cause).toMatchObject({ code: 'provider_not_reached', title: 'Nothing answers at localhost:4' })
    expect(cause?.seen).toBe(endpoint)
    expect(cause?.fix?.signIn).toBe(true)
    expect(JSON.stringify(cause)).not.toContain('Failed to fetch')
  })

  test.each([
    ['network_offline', 'computer_offline'],
    ['request_timeout', 'provider_slow'],
  ])('4.9: %s is told as such, also at another endpoint', (hint, code) => {
    expect(failed(hint)?.code).toBe(code)
    expect(failed(hint, { code: 'refresh_network_failed' })?.code).toBe(code)
  })

  test('where the profile was asked, nobody is sent to start the provider or to sign in', () => {
    const [api, userinfo] = ['https://api.example.com/me', null].map(profileUrl =>
      diagnose({
        error: {
          code: 'resource_request_failed',
          endpoint: profileUrl ?? 'http://localhost:4/me',
          hints: ['network_unreachable'],
        },
        facts: { ...facts, config: { ...config, profileUrl }, during: 'profile' },
      }).at(0),
    )
    expect(api).toMatchObject({ code: 'profile_not_reached', title: 'Nothing answers at api.example.com' })
    expect(api?.fix?.text).toMatch(/^Start the API, or correct the profile address/)
    expect(userinfo?.fix?.text).toContain('userinfo_endpoint')
    for (const cause of [api, userinfo]) {
      expect(cause?.fix?.signIn).toBeUndefined()
      expect(`${cause?.why} ${cause?.fix?.text}`).not.toMatch(/issuer|[Tt]he provider is/)
    }
  })

  test('META-14: a hidden document is not told as a spent code', () => {
    const cause = failed('cors_blocked')
    expect(cause?.code).toBe('document_hidden')
    expect(cause?.why).toMatch(/nothing at this address.* or the document is there/)
    expect(cause?.why).not.toContain('code is spent')
  })
})

test('a failure that no cause fits has the words of its code as headline and sentence', () => {
  const words = { title: 'The provider’s keys cannot be used', text: 'Its key set is not one.' }
  const [cause] = diagnose({ error: { code: 'jwks_invalid', expected: 'a key set' }, facts, words })
  expect(cause?.title).toBe(words.title)
  expect(cause?.why).toBe('Its key set is not one. The app expected this: a key set.')
})
