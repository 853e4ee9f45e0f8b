/**
 * Steps as the session tells them, for tests: real random values, real hashes, ID tokens that are really signed.
 * Every call makes new values. Longer than other files, because one sign-in with its failures is told in one go.
 */
import { exportJWK } from 'jose'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { FlowType, HeldMessage, Step, StepKind, Via } from '../oauth/step.ts'
import {
  api,
  app,
  check,
  clientId,
  form,
  get,
  issuer,
  json,
  jwt,
  keys,
  pass,
  person,
  random,
  scope,
  teller,
  type Values,
  values,
} from './told.test-data.ts'

export { refresh, signOut, use } from './later-flows.test-data.ts'
export {
  api,
  app,
  check,
  clientId,
  form,
  get,
  issuer,
  json,
  person,
  s256,
  scope,
} from './told.test-data.ts'

/** Where a sign-in can stop. */
export const failurePlaces = [
  'discovery_network',
  'discovery_issuer',
  'keys',
  'par',
  'insecure_endpoint',
  'abandoned',
  'access_denied',
  'state',
  'iss',
  'token_network',
  'token_grant',
  'token_html',
  'id_token_nonce',
  'id_token_signature',
  'userinfo_sub',
  'profile_401',
  'profile_network',
] as const
export type FailurePlace = (typeof failurePlaces)[number]

/** As the session tells an answer that the browser does not let it read. */
const unreadable = { hints: ['network_or_cors_blocked', 'cors_blocked'] }

export interface SignInOptions {
  readonly failAt?: FailurePlace
  readonly via?: Via
  readonly usePar?: boolean
  readonly useDpop?: boolean
  /** Changes the verifier on its way to the provider, as a person who tampers would. */
  readonly tamper?: boolean
  readonly userinfo?: boolean
}

export interface Story {
  readonly steps: readonly Step[]
  readonly values: Values
  /** Every text that must not leave: the one-time values, the tokens, what the profile says. */
  readonly secrets: readonly string[]
  readonly flow: string
}

const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
}

/** One whole sign-in, or as far as it comes. */
export async function signIn(options: SignInOptions = {}): Promise<Story> {
  const { failAt, via = 'redirect', tamper = false } = options
  const v = await values()
  const flow = `flow-${random(6)}`
  const flowType: FlowType = via === 'frame' ? 'restore' : 'sign_in'
  const t = teller(flow, flowType)
  const steps: Step[] = []
  const sent = tamper ? `${v.verifier.slice(0, -1)}${v.verifier.endsWith('A') ? 'B' : 'A'}` : v.verifier
  const foreign = { state: random(16), code: random() }
  const story = (): Story => ({
    steps,
    values: v,
    flow,
    secrets: [
      v.verifier,
      sent,
      v.state,
      v.nonce,
      v.code,
      v.accessToken,
      v.refreshToken,
      v.idToken,
      foreign.code,
      foreign.state,
    ].concat(Object.values(person).slice(1)),
  })
  const stop = (
    during: StepKind,
    code: string,
    more: Partial<OAuthErrorDetails> = {},
    of?: string,
  ): Story => {
    steps.push(t.failed(during, { code, ...more }, of))
    return story()
  }

  steps.push({ ...t.told(), kind: 'flow_started', issuer, clientId, redirectUri: `${app}/callback`, scope })
  steps.push({ ...t.ask(get(`${issuer}/.well-known/openid-configuration`)), kind: 'discovery_request' })
  if (failAt === 'discovery_network')
    return stop('discovery_response', 'discovery_fetch_failed', unreadable, t.name())
  const rightIssuer = failAt !== 'discovery_issuer'
  steps.push({
    ...t.answer(json(200, metadata), [check('META-02', rightIssuer)]),
    kind: 'discovery_response',
  })
  if (!rightIssuer)
    return stop('discovery_response', 'discovery_issuer_mismatch', {
      expected: issuer,
      received: 'http://evil.example',
    })
  steps.push({
    ...t.told(),
    kind: 'pkce_created',
    codeVerifier: v.verifier,
    codeChallenge: v.challenge,
    codeChallengeMethod: 'S256',
  })
  steps.push({
    ...t.told(),
    kind: 'transaction_created',
    state: v.state,
    nonce: v.nonce,
    returnTo: '/profile',
    expiresAt: pass(0) + 600_000,
  })
  if (options.useDpop === true)
    steps.push({ ...t.told(), kind: 'dpop_key_created', thumbprint: random(), alg: 'ES256' })

  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: `${app}/callback`,
    scope,
    state: v.state,
    nonce: v.nonce,
    code_challenge: v.challenge,
    code_challenge_method: 'S256',
    ...(via === 'frame' ? { prompt: 'none' } : {}),
  }
  let query = new URLSearchParams(asked)
  if (options.usePar === true || failAt === 'par') {
    steps.push({ ...t.ask(form(`${issuer}/par`, asked)), kind: 'par_request' })
    const refused = failAt === 'par'
    const answer = refused
      ? json(400, { error: 'invalid_request' })
      : json(201, { request_uri: 'urn:x:1', expires_in: 60 })
    steps.push({ ...t.answer(answer), kind: 'par_response' })
    if (refused)
      return stop(
        'par_response',
        'par_error',
        { httpStatus: 400, protocolError: 'invalid_request' },
        t.name(),
      )
    query = new URLSearchParams({ client_id: clientId, request_uri: 'urn:x:1' })
  }
  const secure = failAt !== 'insecure_endpoint'
  steps.push({
    ...t.told(),
    kind: 'authorization_request',
    via,
    url: `${issuer}/authorize?${query}`,
    checks: [check('AREQ-04', secure)],
  })
  if (!secure) return stop('authorization_request', 'discovery_insecure_endpoint')
  if (failAt === 'abandoned') return stop('authorization_response', 'authorization_abandoned')
  pass(2_800)

  const refusal =
    failAt === 'access_denied' ? { error: 'access_denied', error_description: 'The person said no' } : null
  const returned = failAt === 'state' ? foreign : v
  const iss = failAt === 'iss' ? 'http://evil.example' : issuer
  const back = new URLSearchParams({ ...(refusal ?? { code: returned.code }), state: returned.state, iss })
  const page = via === 'frame' ? '/silent-callback.html' : '/callback'
  steps.push({ ...t.told(), kind: 'authorization_response', via, url: `${app}${page}?${back}` })
  const stateCheck = check('RESP-03', failAt !== 'state', {
    expected: { value: 'state', text: v.state },
    received: { value: 'state', text: returned.state },
  })
  const issCheck = check('ISS-01', iss === issuer, { expected: issuer, received: iss })
  const codeCheck = check('RESP-05', refusal === null, {
    expected: 'code',
    received: refusal?.error ?? 'code',
  })
  steps.push({
    ...t.told(),
    kind: 'authorization_response_checked',
    checks: [stateCheck, issCheck, codeCheck],
  })
  if (failAt === 'state') return stop('authorization_response_checked', 'auth_response_state_mismatch')
  if (failAt === 'iss') return stop('authorization_response_checked', 'auth_response_issuer_mismatch')
  if (refusal !== null)
    return stop('authorization_response_checked', 'auth_response_access_denied', {
      protocolError: 'access_denied',
    })

  const exchange = {
    ...t.ask(
      form(`${issuer}/token`, {
        grant_type: 'authorization_code',
        code: v.code,
        redirect_uri: `${app}/callback`,
        client_id: clientId,
        code_verifier: sent,
      }),
    ),
    ...(tamper ? { tampered: ['code_verifier'] } : {}),
  }
  steps.push({ ...exchange, kind: 'token_request' })
  if (failAt === 'token_network')
    return stop('token_response', 'network_or_cors_blocked', unreadable, exchange.exchange)
  const keysAsked = t.ask(get(`${issuer}/jwks`))
  steps.push({ ...keysAsked, kind: 'keys_request' })
  if (failAt === 'keys') return stop('keys_response', 'jwks_fetch_failed', unreadable, keysAsked.exchange)
  const jwk = await exportJWK((await keys).publicKey)
  steps.push({
    ...t.answer(json(200, { keys: [{ ...jwk, kid: 'demo-1' }] }), [], keysAsked.exchange),
    kind: 'keys_response',
  })
  if (failAt === 'token_html') {
    steps.push({
      ...t.answer({ status: 502, headers: {}, body: '<h1>Bad gateway</h1>' }, [], exchange.exchange),
      kind: 'token_response',
    })
    return stop('token_response', 'token_response_not_json', { httpStatus: 502 }, exchange.exchange)
  }
  if (failAt === 'token_grant' || tamper) {
    const body = { error: 'invalid_grant', error_description: `grant request is invalid: ${v.code} is spent` }
    steps.push({ ...t.answer(json(400, body), [], exchange.exchange), kind: 'token_response' })
    return stop(
      'token_response',
      'token_response_error',
      { protocolError: 'invalid_grant', protocolDescription: body.error_description },
      exchange.exchange,
    )
  }
  const tokens = {
    access_token: v.accessToken,
    refresh_token: v.refreshToken,
    id_token: v.idToken,
    token_type: options.useDpop === true ? 'DPoP' : 'Bearer',
    expires_in: 300,
    scope,
  }
  steps.push({
    ...t.answer(json(200, tokens), [check('TOK-05', true)], exchange.exchange),
    kind: 'token_response',
  })
  const nonceGood = failAt !== 'id_token_nonce'
  const checks = [
    check('IDT-06', failAt !== 'id_token_signature'),
    check('IDT-14', nonceGood, {
      expected: { value: 'nonce', text: v.nonce },
      received: { value: 'nonce', text: nonceGood ? v.nonce : foreign.state },
    }),
  ]
  steps.push({ ...t.told(), kind: 'id_token_checked', idToken: v.idToken, checks })
  if (!nonceGood) return stop('id_token_checked', 'id_token_nonce_mismatch')
  if (failAt === 'id_token_signature') return stop('id_token_checked', 'id_token_signature_invalid')
  steps.push({ ...t.told(), kind: 'session_changed', status: 'signed_in', reason: 'code' })

  const bearer: Record<string, string> =
    options.useDpop === true
      ? {
          authorization: `DPoP ${v.accessToken}`,
          dpop: await jwt({ htm: 'GET', htu: `${api}/user/profile` }, 'dpop+jwt'),
        }
      : { authorization: `Bearer ${v.accessToken}` }
  if (options.userinfo === true || failAt === 'userinfo_sub') {
    steps.push({ ...t.ask(get(`${issuer}/me`, bearer)), kind: 'userinfo_request' })
    const same = failAt !== 'userinfo_sub'
    const subCheck = check('UINF-02', same, {
      expected: person.sub,
      received: same ? person.sub : 'somebody-else',
    })
    steps.push({
      ...t.answer(json(200, { ...person, sub: subCheck.received }), [subCheck]),
      kind: 'userinfo_response',
    })
    if (!same) return stop('userinfo_response', 'userinfo_sub_mismatch', {}, t.name())
  }
  steps.push({ ...t.ask(get(`${api}/user/profile`, bearer)), kind: 'profile_request' })
  if (failAt === 'profile_network')
    return stop('profile_response', 'resource_request_failed', unreadable, t.name())
  if (failAt === 'profile_401') {
    const refused = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: '' }
    steps.push({ ...t.answer(refused), kind: 'profile_response' })
    return stop('profile_response', 'resource_unauthorized', { httpStatus: 401 }, t.name())
  }
  steps.push({ ...t.answer(json(200, person)), kind: 'profile_response' })
  return story()
}

/** A sign-in that is held before the token request. */
export async function held(): Promise<Story> {
  const whole = await signIn()
  const index = whole.steps.findIndex(step => step.kind === 'token_request')
  const request = whole.steps[index]
  if (request?.kind !== 'token_request') throw new Error('the sign-in has no token request')
  const { flow, flowType, at } = request
  const pause: Step = {
    kind: 'held',
    flow,
    flowType,
    at,
    message: { type: 'request', purpose: 'token', request: request.request },
  }
  return { ...whole, steps: [...whole.steps.slice(0, index), pause] }
}

/** A sign-in of which the callback, or the answer to the token request, has come and is held. */
export async function heldAnswer(kind: 'authorization_response' | 'token_response'): Promise<Story> {
  const whole = await signIn()
  const index = whole.steps.findIndex(step => step.kind === kind)
  const answer = whole.steps[index]
  if (answer?.kind !== 'authorization_response' && answer?.kind !== 'token_response')
    throw new Error(`the sign-in has no ${kind}`)
  const { flow, flowType, at } = answer
  const message: HeldMessage =
    answer.kind === 'authorization_response'
      ? { type: 'callback', url: answer.url }
      : { type: 'response', purpose: 'token', response: answer.response }
  return { ...whole, steps: [...whole.steps.slice(0, index), { kind: 'held', flow, flowType, at, message }] }
}

/** A silent frame that found no session at the provider. */
export async function silentWithoutSession(): Promise<Story> {
  const whole = await signIn({ via: 'frame' })
  const index = whole.steps.findIndex(step => step.kind === 'authorization_response')
  const before = whole.steps[index]
  if (before?.kind !== 'authorization_response') throw new Error('the sign-in has no authorization response')
  const { flow, flowType, at } = before
  const url = `${app}/silent-callback.html?${new URLSearchParams({ error: 'login_required', state: whole.values.state, iss: issuer })}`
  return {
    ...whole,
    steps: [
      ...whole.steps.slice(0, index),
      { ...before, url },
      {
        kind: 'authorization_response_checked',
        flow,
        flowType,
        at,
        checks: [check('RESP-03', true), check('RESP-05', false)],
      },
      {
        kind: 'failed',
        flow,
        flowType,
        at,
        during: 'authorization_response_checked',
        error: { code: 'silent_interaction_required', protocolError: 'login_required' },
      },
    ],
  }
}
