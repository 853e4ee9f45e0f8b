import { describe, expect, it } from 'vitest'
import { answer, codeOf, listening } from './answers.test-data.ts'
import { issuer, serverMetadata } from './client.test-data.ts'
import { judgeRevocation, requestRevocation } from './revocation.ts'

describe('revocation', () => {
  it.each(['refresh_token', 'access_token'] as const)(
    'REV-01: a form POST with token, hint %s and client',
    async hint => {
      const { fetch, sent } = listening()
      await requestRevocation(serverMetadata(), 'this-app', 'the-token', hint, fetch)
      expect(sent).toMatchObject([{ url: `${issuer}/revoke`, method: 'POST' }])
      expect(Object.fromEntries(sent[0]?.body ?? [])).toEqual({
        token: 'the-token',
        token_type_hint: hint,
        client_id: 'this-app',
      })
    },
  )

  it.each([
    ['REV-03', 'done', answer(''), 'accepted'],
    ['REV-03', 'done, whatever the body says', answer('<garbage>'), 'accepted'],
    [
      'REV-05',
      'a kind it cannot take back',
      answer({ error: 'unsupported_token_type' }, 400),
      'revocation_unsupported_token_type',
    ],
    ['REV-04', 'not now', answer('', 503), 'revocation_failed'],
    ['REV-04', 'a refusal', answer({ error: 'invalid_client' }, 401), 'revocation_failed'],
    ['REV-03', 'another success', answer('', 204), 'revocation_failed'],
  ])('%s: %s', (_, __, response, code) => {
    expect(codeOf(judgeRevocation(response))).toBe(code)
  })
})
