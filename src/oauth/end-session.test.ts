import { describe, expect, it } from 'vitest'
import { findings } from './answers.test-data.ts'
import { clientConfig } from './client.test-data.ts'
import { endSessionParameters, judgeEndSessionResponse } from './end-session.ts'

describe('the sign-out request', () => {
  it('LOUT-03 to LOUT-05: hint, client, where to return, a mark', () => {
    expect(Object.fromEntries(endSessionParameters(clientConfig(), 'a.b.c', 'the-state'))).toEqual({
      id_token_hint: 'a.b.c',
      client_id: 'this-app',
      post_logout_redirect_uri: 'https://app.example/',
      state: 'the-state',
    })
  })

  it('LOUT-03: no hint at hand: the client alone', () => {
    expect([...endSessionParameters(clientConfig(), null, 's').keys()]).not.toContain('id_token_hint')
  })
})

describe('coming back', () => {
  it.each([
    ['the same state', '?state=the-state', []],
    ['another state', '?state=other', ['LOUT-05 logout_state_mismatch']],
    ['no state', '', ['LOUT-05 logout_state_missing']],
  ])('LOUT-05: %s is noted at most', (_, query, found) => {
    const checks = judgeEndSessionResponse(`https://app.example/${query}`, 'the-state')
    expect([checks.length, findings(checks)]).toEqual([1, found])
  })
})
