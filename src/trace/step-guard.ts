/** The shape of every Step, for what is read back. A new kind does not compile until it can be read. */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type {
  Check,
  FlowType,
  HeldMessage,
  HttpRequest,
  HttpResponse,
  Purpose,
  Shown,
  Step,
  StepKind,
  StepOf,
  Via,
} from '../oauth/step.ts'
import type { Entry, FoldedFlow } from './entry.ts'
import {
  count,
  flag,
  type Guard,
  isRecord,
  list,
  nullable,
  number,
  optional,
  record,
  text,
  texts,
  time,
  Unreadable,
  word,
  wordOf,
} from './guard.ts'
import { valueNames } from './secret-places.ts'

const valueName = wordOf(valueNames)
const namedText = record<Exclude<Shown, string>>({ value: valueName, text })
const shown: Guard<Shown> = (value, at): value is Shown => typeof value === 'string' || namedText(value, at)

const checks = list(
  record<Check>({
    requirement: text,
    name: text,
    expected: shown,
    received: shown,
    outcome: wordOf<Check['outcome']>({ passed: true, failed: true, skipped: true, warning: true }),
    clause: text,
    code: optional(text),
  }),
)
const request = record<HttpRequest>({ method: text, url: text, headers: texts, body: nullable(text) })
const response = record<HttpResponse>({ status: number, headers: texts, body: text })
const flowType = wordOf<FlowType>({
  prepare: true,
  sign_in: true,
  restore: true,
  use: true,
  refresh: true,
  sign_out: true,
})
const via = wordOf<Via>({ redirect: true, popup: true, frame: true })
const method = word('GET', 'POST')
const purpose = wordOf<Purpose>({
  discovery: true,
  keys: true,
  par: true,
  token: true,
  refresh: true,
  userinfo: true,
  profile: true,
  api: true,
  revocation: true,
})

/** One of several shapes, told apart by the word in `tag`. */
function tagged<T>(tag: string, guards: Readonly<Record<string, Guard<T>>>): Guard<T> {
  return (value, at): value is T => {
    const name = isRecord(value) ? value[tag] : undefined
    const guard = typeof name === 'string' && Object.hasOwn(guards, name) ? guards[name] : undefined
    if (guard === undefined) throw new Unreadable(`${at}.${tag}`, `one of ${Object.keys(guards).join(', ')}`)
    return guard(value, at)
  }
}

type Held<T extends HeldMessage['type']> = Extract<HeldMessage, { readonly type: T }>

const held = tagged<HeldMessage>('type', {
  request: record<Held<'request'>>({ type: word('request'), purpose, request }),
  response: record<Held<'response'>>({ type: word('response'), purpose, response }),
  navigation: record<Held<'navigation'>>({
    type: word('navigation'),
    purpose: word('authorization', 'end_session'),
    method,
    url: text,
    body: nullable(text),
  }),
  callback: record<Held<'callback'>>({ type: word('callback'), url: text }),
})

const error = record<OAuthErrorDetails>({
  code: text,
  expected: optional(text),
  received: optional(text),
  clause: optional(text),
  issuer: optional(text),
  endpoint: optional(text),
  httpStatus: optional(number),
  protocolError: optional(text),
  protocolDescription: optional(text),
  retryAfter: optional(number),
  returnTo: optional(text),
  hints: optional(list(text)),
})

const told = { flow: text, flowType, at: time }
const edited = { ...told, tampered: optional(list(text)) }
const sent = { ...edited, exchange: text, request }
const answered = { ...edited, exchange: text, response, duration: time, checks }

function isKind(value: string): value is StepKind {
  return Object.hasOwn(kinds, value)
}
const anyKind: Guard<StepKind> = (value, at): value is StepKind => {
  if (typeof value === 'string' && isKind(value)) return true
  throw new Unreadable(at, 'a known kind of step')
}

const kinds: { readonly [K in StepKind]: Guard<StepOf<K>> } = {
  flow_started: record<StepOf<'flow_started'>>({
    ...told,
    kind: word('flow_started'),
    issuer: text,
    clientId: text,
    redirectUri: text,
    scope: text,
    parent: optional(text),
  }),
  discovery_request: record<StepOf<'discovery_request'>>({ ...sent, kind: word('discovery_request') }),
  discovery_response: record<StepOf<'discovery_response'>>({ ...answered, kind: word('discovery_response') }),
  keys_request: record<StepOf<'keys_request'>>({ ...sent, kind: word('keys_request') }),
  keys_response: record<StepOf<'keys_response'>>({ ...answered, kind: word('keys_response') }),
  pkce_created: record<StepOf<'pkce_created'>>({
    ...told,
    kind: word('pkce_created'),
    codeVerifier: text,
    codeChallenge: text,
    codeChallengeMethod: word('S256'),
  }),
  transaction_created: record<StepOf<'transaction_created'>>({
    ...told,
    kind: word('transaction_created'),
    state: text,
    nonce: text,
    returnTo: text,
    expiresAt: time,
  }),
  dpop_key_created: record<StepOf<'dpop_key_created'>>({
    ...told,
    kind: word('dpop_key_created'),
    thumbprint: text,
    alg: text,
  }),
  par_request: record<StepOf<'par_request'>>({ ...sent, kind: word('par_request') }),
  par_response: record<StepOf<'par_response'>>({ ...answered, kind: word('par_response') }),
  authorization_request: record<StepOf<'authorization_request'>>({
    ...edited,
    kind: word('authorization_request'),
    via,
    url: text,
    checks,
  }),
  authorization_response: record<StepOf<'authorization_response'>>({
    ...edited,
    kind: word('authorization_response'),
    via,
    url: text,
  }),
  authorization_response_checked: record<StepOf<'authorization_response_checked'>>({
    ...told,
    kind: word('authorization_response_checked'),
    checks,
  }),
  token_request: record<StepOf<'token_request'>>({ ...sent, kind: word('token_request') }),
  token_response: record<StepOf<'token_response'>>({ ...answered, kind: word('token_response') }),
  id_token_checked: record<StepOf<'id_token_checked'>>({
    ...told,
    kind: word('id_token_checked'),
    idToken: text,
    checks,
  }),
  userinfo_request: record<StepOf<'userinfo_request'>>({ ...sent, kind: word('userinfo_request') }),
  userinfo_response: record<StepOf<'userinfo_response'>>({ ...answered, kind: word('userinfo_response') }),
  profile_request: record<StepOf<'profile_request'>>({ ...sent, kind: word('profile_request') }),
  profile_response: record<StepOf<'profile_response'>>({ ...answered, kind: word('profile_response') }),
  api_request: record<StepOf<'api_request'>>({ ...sent, kind: word('api_request') }),
  api_response: record<StepOf<'api_response'>>({ ...answered, kind: word('api_response') }),
  refresh_request: record<StepOf<'refresh_request'>>({ ...sent, kind: word('refresh_request') }),
  refresh_response: record<StepOf<'refresh_response'>>({ ...answered, kind: word('refresh_response') }),
  revocation_request: record<StepOf<'revocation_request'>>({ ...sent, kind: word('revocation_request') }),
  revocation_response: record<StepOf<'revocation_response'>>({
    ...answered,
    kind: word('revocation_response'),
  }),
  end_session_request: record<StepOf<'end_session_request'>>({
    ...edited,
    kind: word('end_session_request'),
    method,
    url: text,
    body: nullable(text),
  }),
  end_session_response: record<StepOf<'end_session_response'>>({
    ...told,
    kind: word('end_session_response'),
    url: text,
    checks,
  }),
  held: record<StepOf<'held'>>({ ...told, kind: word('held'), message: held }),
  failed: record<StepOf<'failed'>>({
    ...told,
    kind: word('failed'),
    during: anyKind,
    exchange: optional(text),
    error,
  }),
  session_changed: record<StepOf<'session_changed'>>({
    ...told,
    kind: word('session_changed'),
    status: wordOf<StepOf<'session_changed'>['status']>({ signed_in: true, renewed: true, signed_out: true }),
    reason: text,
  }),
}

export const step: Guard<Step> = tagged<Step>('kind', kinds)

/** An entry as it is written down. */
type WrittenEntry = Omit<Entry, 'earlier'>
export const entry: Guard<WrittenEntry> = record<WrittenEntry>({
  id: text,
  seq: count,
  tab: text,
  step,
  redacted: flag,
})

export const foldedFlow: Guard<FoldedFlow> = record<FoldedFlow>({
  flow: text,
  flowType,
  startedAt: time,
  endedAt: time,
  messages: count,
  failed: flag,
  flows: optional(count),
})
