/** Signing out at the provider (OpenID Connect RP-Initiated Logout 1.0). */
import { checklist } from './check.ts'
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
  const list = checklist()
  const state = new URL(url).searchParams.get('state')
  const expected = { value: 'state', text: expectedState } as const
  if (state === expectedState)
    list.add(
      'LOUT-05',
      'state is the one that was sent',
      'RP-Initiated Logout 1.0 §2',
      expected,
      { value: 'state', text: state },
      true,
      '',
    )
  else
    list.warn(
      'LOUT-05',
      'state is the one that was sent',
      'RP-Initiated Logout 1.0 §2',
      expected,
      state === null ? 'nothing' : { value: 'state', text: state },
      state === null ? 'logout_state_missing' : 'logout_state_mismatch',
    )
  return list.checks
}
