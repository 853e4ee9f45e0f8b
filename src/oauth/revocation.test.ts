import { describe, expect, it } from 'vitest'
import { answer, listening, told } from './answers.test-data.ts'
import { issuer, serverMetadata } from './client.test-data.ts'
import { judgeRevocation, requestRevocation } from './revocation.ts'

describe('revocation', () => {
  it.each(['refresh_token', 'access_token'] as const)(
    'REV-01: a form POST with token, hint %s and client',
    async hint => {
      const { fetch, sent } = listening()
      await requestRevocation(serverMetadata(), 'this-app', 'the-token', hint, fetch)
      expect(sent).toMatchObject([{ url: `${issuer}/revoke`, method: 'POST', redirect: 'manual' }])
      expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('authorization')
      expect(Object.fromEntries(sent[0]?.body ?? [])).toEqual({
        token: 'the-token',
        token_type_hint: hint,
        client_id: 'this-app',
      })
    },
  )

  it.each([
    ['REV-03', 'done', answer(''), '200: passed'],
    ['REV-03', 'done, whatever the body says', answer('<garbage>'), '200: passed'],
    [
      'REV-05',
      'a kind it cannot take back',
      answer({ error: 'unsupported_token_type' }, 400),
      '400 unsupported_token_type: failed revocation_unsupported_token_type',
    ],
    ['REV-04', 'not now', answer('', 503), '503: failed revocation_failed'],
    [
      'REV-04',
      'a refusal',
      answer({ error: 'invalid_client' }, 401),
      '401 invalid_client: failed revocation_failed',
    ],
    ['REV-03', 'another success', answer('', 204), '204: failed revocation_failed'],
  ])('%s: %s', (_, __, response, found) => {
    const { checks, error, value } = judgeRevocation(response)
    expect(told(checks)).toEqual([`REV-03 The server took the token back (RFC 7009 §2.2): 200 / ${found}`])
    expect([value, error?.httpStatus]).toEqual(error ? [null, response.status] : [true, undefined])
  })

  it('META-07: is not sent in the clear, but on this machine', async () => {
    const { fetch, sent } = listening()
    const plain = { revocation_endpoint: 'http://op.example/revoke' }
    const revoke = (more: Record<string, unknown>) =>
      requestRevocation(serverMetadata(more), 'this-app', 'the-token', 'access_token', fetch)
    await expect(revoke(plain)).rejects.toThrow()
    expect(sent).toEqual([])
    const local = { issuer: 'http://localhost:9000', revocation_endpoint: 'http://localhost:9000/revoke' }
    await revoke(local)
    expect(sent).toHaveLength(1)
  })
})
