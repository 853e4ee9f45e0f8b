/** Who noticed what was changed: read from the Steps that followed, by a check or by an answer. */
import type { Party } from '../attack/parties.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Check, Step } from '../oauth/step.ts'

export type Detection = (
  | {
      readonly by: Party
      /** Stable code of the client. */
      readonly code: string
    }
  | { readonly by: 'nobody'; readonly code: null }
) & {
  /** What the server said, when it was the one who refused. */
  readonly answer: string | null
  readonly check: Check | null
  readonly clause: string | null
}

const network = /^(network_|cors_|csp_|mixed_|request_timeout|redirect_refused|local_network)/

/** Kinds of Steps that a resource server answers. */
const resource = /^(profile|userinfo|api)_response$/

/**
 * The outcome of a flow.
 * @param told everything that was told after the edited message was sent, of other flows too
 * @returns null while it is still open
 */
export function outcomeOf(flow: string, told: readonly Step[]): Detection | null {
  const strays = strayCallbacks(told)
  const steps = told.filter(step => step.flow === flow || strays.has(step.flow))
  for (const [place, step] of steps.entries()) {
    switch (step.kind) {
      case 'failed':
        return failure(step.error, step.during, steps.slice(0, place))
      case 'profile_response':
      case 'userinfo_response':
      case 'api_response':
        // A refused answer is followed by what it led to.
        if (!step.checks.some(check => check.outcome === 'failed')) return nobody
        break
      case 'session_changed':
        if (step.status === 'renewed') return nobody
        break
      case 'end_session_response':
        return nobody
    }
  }
  return null
}

/**
 * Whether the story has gone on without the edited message: a person began anew, or something else failed.
 * @param told everything that was told after it was sent
 */
export function isOvertaken(flow: string, told: readonly Step[]): boolean {
  const strays = strayCallbacks(told)
  return told.some(
    step =>
      step.flow !== flow &&
      !strays.has(step.flow) &&
      // A restore that fails may be what the edit led to, and a failed preparation is nobody's story.
      ((step.kind === 'failed' && step.flowType !== 'prepare' && step.flowType !== 'restore') ||
        (step.kind === 'flow_started' && (step.flowType === 'sign_in' || step.flowType === 'sign_out'))),
  )
}

/** Flows that begin with a callback: its `state` was lost or changed, so it belongs to no flow that is known. */
function strayCallbacks(told: readonly Step[]): ReadonlySet<string> {
  const first = new Map<string, Step>()
  for (const step of told) if (!first.has(step.flow)) first.set(step.flow, step)
  const strays = [...first.values()].filter(
    step => step.kind === 'authorization_response' && step.via === 'redirect',
  )
  return new Set(strays.map(step => step.flow))
}

const nobody: Detection = { by: 'nobody', code: null, answer: null, check: null, clause: null }

function failure(error: OAuthErrorDetails, during: Step['kind'], before: readonly Step[]): Detection {
  const check =
    before
      .toReversed()
      .flatMap(step => ('checks' in step ? step.checks : []))
      .find(each => each.outcome === 'failed') ?? null
  const said =
    error.protocolError ??
    (error.httpStatus !== undefined && error.httpStatus >= 400 ? String(error.httpStatus) : null)
  const found = { code: error.code, answer: said, check, clause: check?.clause ?? error.clause ?? null }
  if (network.test(error.code) || error.hints?.some(hint => network.test(hint)))
    return { ...found, by: 'browser' }
  // Its error page is not ours to read: it kept the person there.
  if (error.code === 'authorization_abandoned')
    return { ...found, by: 'authorization-server', answer: 'with a page of its own' }
  if (said !== null)
    return {
      ...found,
      by:
        resource.test(during) && during !== 'userinfo_response' ? 'resource-server' : 'authorization-server',
    }
  return { ...found, by: 'app' }
}
