/** What the trace of this tab tells the doctor: about the sign-in that failed, and about the last one that worked. */
import type { FailureFacts } from '../doctor/diagnosis.ts'
import type { LastSignIn } from '../doctor/last-sign-in.ts'
import { jsonObject, textOf } from '../oauth/check.ts'
import { base64url } from '../oauth/keys.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Step, StepKind, StepOf } from '../oauth/step.ts'
import { isRotated } from '../sequence/rotated.ts'
import type { Trace } from '../trace/entry.ts'

const during: Partial<Record<StepKind, FailureFacts['during']>> = {
  discovery_request: 'sign_in',
  discovery_response: 'sign_in',
  keys_request: 'sign_in',
  keys_response: 'sign_in',
  pkce_created: 'sign_in',
  par_request: 'sign_in',
  par_response: 'sign_in',
  authorization_request: 'sign_in',
  authorization_response: 'callback',
  authorization_response_checked: 'callback',
  id_token_checked: 'id_token',
  userinfo_request: 'profile',
  userinfo_response: 'profile',
  profile_request: 'profile',
  profile_response: 'profile',
  api_request: 'profile',
  api_response: 'profile',
  refresh_request: 'refresh',
  refresh_response: 'refresh',
  end_session_request: 'sign_out',
  end_session_response: 'sign_out',
}

type Known = Omit<FailureFacts, 'config' | 'preset' | 'origin'>

/** Where it failed, as the trace tells; undefined when it tells nothing of this code. */
export function failedStep(trace: Trace, { code }: OAuthErrorDetails): StepOf<'failed'> | undefined {
  const failures = failuresOf(trace)
  const failed = failures.findLast(step => step.error.code === code)
  // A session that ended carries a code of its own; then the renewal that failed last is the reason.
  return failed ?? (code === 'session_expired' ? failedRenewal(failures) : undefined)
}

/** @param trace of this tab; what was kept over the redirect is redacted, so one-time values are compared here only */
export async function failureFacts(trace: Trace, error: OAuthErrorDetails): Promise<Known> {
  const steps = trace.entries.map(each => each.step)
  const failed = failedStep(trace, error)
  const flow = steps.filter(step => step.flow === failed?.flow)
  const asked = last(flow, 'authorization_request')
  const answered = last(flow, 'authorization_response')
  const exchanges = flow.filter((step): step is StepOf<'token_request'> => step.kind === 'token_request')
  const [first, second] = exchanges
  const exchange = exchanges.at(-1)
  const sent = new URLSearchParams(exchange?.request.body ?? '')
  const query = asked && new URL(asked.url).searchParams
  return {
    during: (failed && (failed.flowType === 'restore' ? 'restore' : during[failed.during])) ?? 'exchange',
    transactionAge: asked && failed ? failed.at - asked.at : null,
    codeAge: answered && exchange ? exchange.at - answered.at : null,
    exchanges: failed ? exchanges.length : null,
    exchangeGap: first && second ? second.at - first.at : null,
    redirectUriAsked: query?.get('redirect_uri') ?? null,
    redirectUriSent: sent.get('redirect_uri'),
    verifierFitsChallenge: await fits(sent.get('code_verifier'), query?.get('code_challenge') ?? null),
    lastRenewal: lastRenewal(trace),
    clockOffset: clockOffset(steps),
    inFrame: asked ? asked.via === 'frame' : null,
    development: import.meta.env.DEV,
  }
}

const failuresOf = ({ entries }: Trace) =>
  entries.map(each => each.step).filter((step): step is StepOf<'failed'> => step.kind === 'failed')

const failedRenewal = (failures: readonly StepOf<'failed'>[]) =>
  failures.findLast(({ flowType }) => flowType === 'refresh' || flowType === 'restore')

function lastRenewal(trace: Trace): FailureFacts['lastRenewal'] {
  const failed = failedRenewal(failuresOf(trace))
  return failed
    ? { by: failed.flowType === 'refresh' ? 'refresh_token' : 'frame', code: failed.error.code }
    : null
}

/**
 * Null before the first sign-in. What a hidden frame brought is no witness: with `prompt=none` many providers leave
 * the refresh token out that they gave at the sign-in.
 */
export function signInFacts(trace: Trace): LastSignIn | null {
  const steps = trace.entries.map(each => each.step)
  const exchange = steps.findLast(
    (step): step is StepOf<'token_response'> =>
      step.kind === 'token_response' && step.flowType === 'sign_in' && accessTokenOf(step) !== null,
  )
  const flow = steps.filter(step => step.flow === exchange?.flow)
  const started = last(flow, 'flow_started')
  if (!exchange || !started) return null
  const renewed = last(steps, 'refresh_response')
  const renewal = renewed && renewed.at > exchange.at && accessTokenOf(renewed) ? renewed : null
  const handedIn = steps.find(
    (step): step is StepOf<'refresh_request'> =>
      step.kind === 'refresh_request' && step.exchange === renewal?.exchange,
  )
  const newest = last(steps, 'token_response') ?? exchange
  const accessToken = accessTokenOf(newest) ?? accessTokenOf(exchange) ?? ''
  const [header, payload] = accessToken.split('.')
  const jwt = payload !== undefined && header?.startsWith('eyJ')
  return {
    issuer: started.issuer,
    clientId: started.clientId,
    scope: started.scope,
    via: last(flow, 'authorization_request')?.via ?? null,
    clockOffset: clockOffset(steps),
    refreshTokenCame: textOf(jsonObject(exchange.response.body)?.['refresh_token']) !== undefined,
    refreshTokenRotated: renewal && isRotated(handedIn?.request ?? null, renewal.response),
    accessTokenForm: accessToken.startsWith('redacted.') ? null : jwt ? 'jwt' : 'opaque',
    accessTokenForGraph: jwt ? 'nonce' in (jsonOf(header) ?? {}) : false,
  }
}

const accessTokenOf = (step: StepOf<'token_response' | 'refresh_response'>): string | null =>
  textOf(jsonObject(step.response.body)?.['access_token']) ?? null

function last<K extends StepKind>(steps: readonly Step[], kind: K): StepOf<K> | undefined {
  return steps.findLast((step): step is StepOf<K> => step.kind === kind)
}

/** Seconds between the provider's clock when it made the ID token and ours when it came. */
function clockOffset(steps: readonly Step[]): number | null {
  const checked = last(steps, 'id_token_checked')
  const iat = checked && jsonOf(checked.idToken.split('.')[1])?.['iat']
  return checked && typeof iat === 'number' ? Math.round(iat - checked.at / 1000) : null
}

function jsonOf(part: string | undefined): Record<string, unknown> | null {
  try {
    return part === undefined ? null : jsonObject(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return null
  }
}

async function fits(verifier: string | null, challenge: string | null): Promise<boolean | null> {
  if (!verifier || !challenge || `${verifier} ${challenge}`.includes('redacted.')) return null
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url(new Uint8Array(hash)) === challenge
}
