import { describe, expect, it } from 'vitest'
import { told } from './answers.test-data.ts'
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
    ['the same state', '?state=the-state', 'state the-state: passed'],
    ['another state', '?state=other', 'state other: warning logout_state_mismatch'],
    ['no state', '', 'nothing: warning logout_state_missing'],
  ])('LOUT-05: %s is noted at most', (_, query, found) => {
    expect(told(judgeEndSessionResponse(`https://app.example/${query}`, 'the-state'))).toEqual([
      `LOUT-05 state is the one that was sent (RP-Initiated Logout 1.0 §2): state the-state / ${found}`,
    ])
  })
})
