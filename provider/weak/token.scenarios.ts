import type { Demo } from '../demo.ts'
import { otherClientId } from '../options.ts'
import {
  type Answer,
  call,
  exchange,
  freshCode,
  freshTokens,
  member,
  post,
  random,
  refresh,
} from '../test-client.ts'
import { shortVerifier } from './authorize.scenarios.ts'
import { reaction, type Scenario } from './scenario.ts'

type Changes = Readonly<Record<string, string | null>>

/** Exchanges a fresh code with these changes. */
async function bent(demo: Demo, changes: Changes): Promise<Answer> {
  const { asked, code } = await freshCode(demo)
  return exchange(demo, asked, code, changes)
}

const userinfo = (demo: Demo, token: string) => call(`${demo.issuer}/userinfo`, demo, `Bearer ${token}`)
const noPkce = { code_challenge: null, code_challenge_method: null }

/** Attacks on the token and the revocation endpoint. */
export const tokenScenarios = {
  wrong_verifier_accepted: async demo => (await bent(demo, { code_verifier: random() })).status === 200,
  missing_verifier_accepted: async demo => (await bent(demo, { code_verifier: null })).status === 200,
  challenge_as_verifier_accepted: async demo => {
    const { asked, code } = await freshCode(demo)
    return (await exchange(demo, asked, code, { code_verifier: asked.challenge })).status === 200
  },
  pkce_downgrade_accepted: async demo => {
    if (!(await reaction(demo, noPkce)).asksForPassword) return false
    const { asked, code } = await freshCode(demo, noPkce)
    return (await exchange(demo, asked, code)).status === 200
  },
  short_verifier_accepted: async demo => {
    const { asked, code } = await freshCode(demo, { code_challenge: shortVerifier.challenge })
    return (await exchange(demo, asked, code, { code_verifier: shortVerifier.verifier })).status === 200
  },
  code_replay_allowed: async demo => {
    const { asked, code } = await freshCode(demo)
    await exchange(demo, asked, code)
    return (await exchange(demo, asked, code)).status === 200
  },
  code_replay_keeps_tokens: async demo => {
    const { asked, code } = await freshCode(demo, { scope: 'openid' })
    const first = member(await exchange(demo, asked, code), 'access_token')
    const second = await exchange(demo, asked, code)
    return second.status === 400 && (await userinfo(demo, first)).status === 200
  },
  redirect_uri_ignored_at_token: async demo =>
    (await bent(demo, { redirect_uri: `${demo.appOrigin}/silent-callback.html` })).status === 200,
  code_not_bound_to_client: async demo => (await bent(demo, { client_id: otherClientId })).status === 200,
  token_get_allowed: async demo => {
    const { asked, code } = await freshCode(demo)
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'pkce-lens',
      code,
      redirect_uri: asked.redirectUri,
      code_verifier: asked.verifier,
    })
    return (await call(`${demo.issuer}/token?${query}`, demo, null)).status === 200
  },
  duplicate_token_params_allowed: async demo => {
    const { asked, code } = await freshCode(demo)
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'pkce-lens',
      code,
      redirect_uri: asked.redirectUri,
      code_verifier: asked.verifier,
    })
    form.append('grant_type', 'authorization_code')
    return (await post(demo, '/token', form)).status === 200
  },
  no_cache_control: async demo => !(await freshTokens(demo)).tokens.headers.has('cache-control'),
  password_grant_allowed: async demo => {
    const form = {
      grant_type: 'password',
      client_id: 'pkce-lens',
      username: 'alice',
      password: 'password',
      scope: 'openid',
    }
    const answer = await post(demo, '/token', form)
    if (answer.status !== 200) return false
    return (await userinfo(demo, member(answer, 'access_token'))).json['sub'] === 'u_7Q2m4Wd9'
  },
  no_rotation: async demo => {
    const { refreshToken } = await freshTokens(demo)
    return member(await refresh(demo, refreshToken), 'refresh_token') === refreshToken
  },
  refresh_reuse_accepted: async demo => {
    const { refreshToken } = await freshTokens(demo)
    const successor = await refresh(demo, refreshToken)
    const again = await refresh(demo, refreshToken)
    return again.status === 200 && member(successor, 'refresh_token') !== refreshToken
  },
  refresh_family_survives: async demo => {
    const { refreshToken } = await freshTokens(demo)
    const successor = member(await refresh(demo, refreshToken), 'refresh_token')
    const again = await refresh(demo, refreshToken)
    return again.status === 400 && (await refresh(demo, successor)).status === 200
  },
  wide_scope_on_refresh: async demo => {
    const { refreshToken } = await freshTokens(demo)
    const wider = await refresh(demo, refreshToken, { scope: 'openid read_profile read_orders' })
    if (wider.status !== 200) return false
    const orders = await call(
      `${demo.apiOrigin}/user/orders`,
      demo,
      `Bearer ${member(wider, 'access_token')}`,
    )
    return orders.status === 200
  },
  revocation_ignored: async demo => {
    const { refreshToken } = await freshTokens(demo)
    const revoked = await post(demo, '/revoke', { token: refreshToken, client_id: 'pkce-lens' })
    return revoked.status === 200 && (await refresh(demo, refreshToken)).status === 200
  },
  too_many_requests: async demo => {
    const answer = await post(demo, '/token', {
      grant_type: 'refresh_token',
      client_id: 'pkce-lens',
      refresh_token: 'x',
    })
    return answer.status === 429 && answer.headers.get('retry-after') === '2'
  },
  token_endpoint_down: async demo => (await bent(demo, {})).status === 503,
} satisfies Record<string, Scenario>
