/** The profile: asked as soon as there is a token, before React is there; the name is shown from the ID token meanwhile. */

import { jsonObject } from '../oauth/check.ts'
import { asOAuthError } from '../oauth/oauth-error.ts'
import { judgeProfile, judgeUserInfo } from '../oauth/profile.ts'
import { authorizedFetch } from './authorized-fetch.ts'
import type { Grant } from './grant.ts'
import type { Renewer } from './refresh.ts'
import type { ProfileState, SessionStore } from './store.ts'
import type { Wire } from './wire.ts'

export interface ProfileLoading {
  readonly store: SessionStore
  readonly wire: Wire
  readonly renewal: Renewer
  readonly grant: () => Grant | null
}

/** Asks `profile_url`, else the UserInfo endpoint; the result and any failure are in the store. */
export async function loadProfile({ store, wire, renewal, grant }: ProfileLoading): Promise<void> {
  const asked = grant()
  const api = asked?.config.profileUrl ?? null
  const url = api ?? asked?.metadata.userinfo_endpoint ?? null
  if (!asked || url === null) return
  const source = api === null ? 'userinfo' : 'profile'
  const show = (change: Partial<ProfileState>) =>
    store.setState(({ profile }) => ({ profile: { ...profile, source, url, error: null, ...change } }))
  show({ status: 'loading' })
  const mine = store.getState().profile
  const { sub } = asked.claims
  // The answer belongs to the person who was signed in when it was asked.
  const stillThere = () => store.getState().profile === mine
  try {
    const response = await authorizedFetch(
      wire,
      renewal,
      url,
      { headers: { accept: 'application/json' } },
      {
        purpose: source,
        flow: asked.flow,
        judge: answer => (api === null ? judgeUserInfo : judgeProfile)(answer, sub),
      },
    )
    if (stillThere()) show({ status: 'ready', claims: jsonObject(response.body) })
  } catch (error) {
    if (stillThere()) show({ status: 'failed', claims: null, error: asOAuthError(error).details })
  }
}
