/** Flows after a sign-in, as the session tells them: renewals, calls of the app, signing out. */
import type { Step } from '../oauth/step.ts'
import {
  api,
  app,
  check,
  clientId,
  form,
  get,
  issuer,
  json,
  pass,
  random,
  scope,
  teller,
} from './told.test-data.ts'

export interface Grown {
  readonly steps: readonly Step[]
  readonly secrets: readonly string[]
  /** The tokens that are valid after this flow. */
  readonly accessToken: string
  readonly refreshToken: string
}

/** One silent renewal with rotation. */
export async function refresh(parent: string, spent: string, failAt?: 'grant' | 'network'): Promise<Grown> {
  const flow = `refresh-${random(6)}`
  const t = teller(flow, 'refresh')
  pass(250_000)
  const accessToken = random()
  const refreshToken = random()
  const steps: Step[] = [
    { ...t.told(), kind: 'flow_started', issuer, clientId, redirectUri: `${app}/callback`, scope, parent },
  ]
  steps.push({
    ...t.ask(
      form(`${issuer}/token`, { grant_type: 'refresh_token', refresh_token: spent, client_id: clientId }),
    ),
    kind: 'refresh_request',
  })
  if (failAt === 'network')
    steps.push(t.failed('refresh_request', { code: 'refresh_network_failed' }, t.name()))
  else if (failAt === 'grant') {
    steps.push({ ...t.answer(json(400, { error: 'invalid_grant' })), kind: 'refresh_response' })
    steps.push(
      t.failed('refresh_response', { code: 'refresh_rejected', protocolError: 'invalid_grant' }, t.name()),
    )
    steps.push({ ...t.told(), kind: 'session_changed', status: 'signed_out', reason: 'refresh_rejected' })
  } else {
    const tokens = {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: 300,
    }
    steps.push({ ...t.answer(json(200, tokens)), kind: 'refresh_response' })
    steps.push({ ...t.told(), kind: 'session_changed', status: 'renewed', reason: 'due' })
  }
  return { steps, secrets: [spent, accessToken, refreshToken], accessToken, refreshToken }
}

/** A call of the app with the token it has. */
export function use(accessToken: string): readonly Step[] {
  const t = teller(`use-${random(6)}`, 'use')
  return [
    { ...t.ask(get(`${api}/notes?page=2`, { authorization: `Bearer ${accessToken}` })), kind: 'api_request' },
    { ...t.answer(json(200, { notes: [{ id: 1, text: 'Buy milk for Maya' }] })), kind: 'api_response' },
  ]
}

/** Revocation, then the provider's own logout and the way back. */
export function signOut(
  parent: string,
  tokens: { refreshToken: string; idToken: string },
  failAt?: 'revocation',
): readonly Step[] {
  const t = teller(`out-${random(6)}`, 'sign_out')
  const steps: Step[] = [
    { ...t.told(), kind: 'flow_started', issuer, clientId, redirectUri: `${app}/callback`, scope, parent },
  ]
  steps.push({
    ...t.ask(
      form(`${issuer}/revoke`, {
        token: tokens.refreshToken,
        token_type_hint: 'refresh_token',
        client_id: clientId,
      }),
    ),
    kind: 'revocation_request',
  })
  if (failAt === 'revocation') {
    steps.push({ ...t.answer(json(503, {})), kind: 'revocation_response' })
    steps.push(t.failed('revocation_response', { code: 'revocation_failed', httpStatus: 503 }, t.name()))
  } else steps.push({ ...t.answer({ status: 200, headers: {}, body: '' }), kind: 'revocation_response' })
  const state = random(16)
  const query = new URLSearchParams({
    id_token_hint: tokens.idToken,
    post_logout_redirect_uri: `${app}/`,
    state,
  })
  steps.push({ ...t.told(), kind: 'session_changed', status: 'signed_out', reason: 'person' })
  steps.push({
    ...t.told(),
    kind: 'end_session_request',
    method: 'POST',
    url: `${issuer}/logout`,
    body: query.toString(),
  })
  steps.push({
    ...t.told(),
    kind: 'end_session_response',
    url: `${app}/?state=${state}`,
    checks: [check('OUT-05', true)],
  })
  return steps
}
