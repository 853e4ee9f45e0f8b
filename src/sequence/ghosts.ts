/** What is to come, drawn pale: from the metadata and the configuration, minus what has happened. */
import type { FlowType, HttpRequest, ValueName } from '../oauth/step.ts'
import { ghostOf } from './carried.ts'
import { blank } from './drawn.ts'
import { labelOf } from './labels.ts'
import { placesOf } from './lanes.ts'
import type { Expectation, Message, MessageKind } from './message.ts'

export interface Course {
  /** Messages that happened, in order. */
  readonly messages: readonly Message[]
  /** No page is shown: in a frame, or with `prompt=none`. */
  readonly silent: boolean
  /** The flow stopped before it was signed in. */
  readonly stopped: boolean
  /** Signed out: nothing is expected any more. */
  readonly over: boolean
  /** False once tokens came without a refresh token. */
  readonly renewable: boolean
}

/** Kinds in the order they will come; what comes earlier than the furthest that happened is left out. */
export function ghosts(expectation: Expectation, course: Course): Message[] {
  if (course.over) return []
  const plan = expected(expectation, course)
  const happened = new Set(course.messages.map(message => message.kind))
  if (happened.has('userinfo_response')) happened.add('profile_response')
  if (happened.has('profile_response')) happened.add('userinfo_response')
  const furthest = plan.findLastIndex(kind => happened.has(kind))
  return plan.slice(furthest + 1).map(kind => ghost(kind, expectation, course.stopped))
}

function expected(expectation: Expectation, course: Course): MessageKind[] {
  const { usesDpop, usesPar, profilePath, resourceServerOrigin, scope } = expectation
  const when = (condition: boolean, ...kinds: MessageKind[]) => (condition ? kinds : [])
  return [
    'pkce_created',
    'transaction_created',
    ...when(usesDpop, 'dpop_key_created'),
    ...when(usesPar, 'par_request', 'par_response'),
    'authorization_request',
    ...when(!course.silent, 'sign_in_page', 'consent_given'),
    'authorization_response',
    'authorization_response_checked',
    'token_request',
    'pkce_compared',
    'token_response',
    ...when(scope.split(' ').includes('openid'), 'id_token_checked'),
    ...when(resourceServerOrigin !== null, 'profile_request', 'access_token_checked', 'profile_response'),
    ...when(
      resourceServerOrigin === null && profilePath !== null,
      'userinfo_request',
      'access_token_checked',
      'userinfo_response',
    ),
    ...when(course.renewable, 'refresh_request', 'refresh_response'),
    ...when(expectation.canRevoke, 'revocation_request', 'revocation_response'),
    ...when(expectation.canEndSession, 'end_session_request', 'end_session_response'),
  ]
}

const drawn = new WeakMap<Expectation, Map<string, Message>>()

/** The same object for the same expectation, so that nothing is painted anew. */
function ghost(kind: MessageKind, expectation: Expectation, never: boolean): Message {
  const known = drawn.get(expectation) ?? new Map<string, Message>()
  drawn.set(expectation, known)
  const key = `${kind} ${never}`
  const message = known.get(key) ?? { ...drawGhost(kind, expectation), never }
  known.set(key, message)
  return message
}

function drawGhost(kind: MessageKind, expectation: Expectation): Message {
  const flowType: FlowType = kind.startsWith('refresh')
    ? 'refresh'
    : /^(revocation|end_session)/.test(kind)
      ? 'sign_out'
      : 'sign_in'
  const message = blank(kind, flowType, placesOf(expectation.issuer, expectation), null)
  const isWithoutValues =
    (kind === 'authorization_request' && expectation.usesPar) ||
    (kind === 'end_session_request' && expectation.endSessionMethod === 'GET')
  return {
    ...message,
    label: ghostLabel(kind, expectation),
    inferred: inferredKinds.has(kind),
    carried: isWithoutValues ? [] : (carries[kind] ?? []).map(ghostOf),
  }
}

const inferredKinds = new Set<MessageKind>([
  'sign_in_page',
  'consent_given',
  'pkce_compared',
  'access_token_checked',
])

const carries: Partial<Record<MessageKind, readonly ValueName[]>> = {
  pkce_created: ['code_verifier', 'code_challenge'],
  transaction_created: ['state', 'nonce'],
  par_request: ['code_challenge', 'state', 'nonce'],
  authorization_request: ['code_challenge', 'state', 'nonce'],
  authorization_response: ['code', 'state'],
  authorization_response_checked: ['state'],
  token_request: ['code', 'code_verifier'],
  pkce_compared: ['code_verifier', 'code_challenge'],
  token_response: ['access_token', 'refresh_token', 'id_token'],
  id_token_checked: ['id_token', 'nonce'],
  profile_request: ['access_token'],
  userinfo_request: ['access_token'],
  access_token_checked: ['access_token'],
  refresh_request: ['refresh_token'],
  refresh_response: ['access_token', 'refresh_token'],
  revocation_request: ['refresh_token'],
  end_session_request: ['id_token'],
}

function ghostLabel(kind: MessageKind, expectation: Expectation): string {
  const at = (method: string, path: string | null): HttpRequest => ({
    method,
    url: path ?? '',
    headers: {},
    body: null,
  })
  const said = { request: null, response: null, url: null, method: 'GET' } as const
  switch (kind) {
    case 'authorization_request':
      return labelOf(kind, { ...said, url: expectation.authorizationPath })
    case 'authorization_response':
      return labelOf(kind, { ...said, url: expectation.redirectPath })
    case 'token_request':
    case 'refresh_request':
      return labelOf(kind, { ...said, request: at('POST', expectation.tokenPath) })
    case 'par_request':
      return labelOf(kind, { ...said, request: at('POST', expectation.parPath) })
    case 'revocation_request':
      return labelOf(kind, { ...said, request: at('POST', expectation.revocationPath) })
    case 'profile_request':
    case 'userinfo_request':
      return labelOf(kind, { ...said, request: at('GET', expectation.profilePath) })
    case 'end_session_request':
      return labelOf(kind, {
        ...said,
        method: expectation.endSessionMethod,
        url: expectation.endSessionPath,
      })
    case 'end_session_response':
      return labelOf(kind, { ...said, url: expectation.postLogoutPath })
    default:
      return labelOf(kind, said)
  }
}
