/** Signing out at the provider (OpenID Connect RP-Initiated Logout 1.0). */
import type { ClientConfig } from './client-config.ts'
import type { Check } from './step.ts'

/** LOUT-03 to LOUT-05: the hint when there is one, the client in any case, where to return, and a mark. */
export function endSessionParameters(
  config: ClientConfig,
  idToken: string | null,
  state: string,
): URLSearchParams {
  const parameters = new URLSearchParams()
  if (idToken !== null) parameters.set('id_token_hint', idToken)
  parameters.set('client_id', config.clientId)
  parameters.set('post_logout_redirect_uri', config.postLogoutRedirectUri)
  parameters.set('state', state)
  return parameters
}

/** LOUT-05: a missing or different state is noted; the person is signed out here all the same. */
export function judgeEndSessionResponse(url: string, expectedState: string): readonly Check[] {
  const state = new URL(url).searchParams.get('state')
  const isRight = state === expectedState
  return [
    {
      requirement: 'LOUT-05',
      name: 'state is the one that was sent',
      clause: 'RP-Initiated Logout 1.0 §2',
      expected: { value: 'state', text: expectedState },
      received: state === null ? 'nothing' : { value: 'state', text: state },
      outcome: isRight ? 'passed' : 'warning',
      ...(isRight ? {} : { code: state === null ? 'logout_state_missing' : 'logout_state_mismatch' }),
    },
  ]
}
