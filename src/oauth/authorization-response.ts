/** The authorization response: is it ours, from whom, and what does it say (RFC 6749 §4.1.2, RFC 9207). */
import { checklist, excerpt, type Judgement } from './check.ts'

/** What was kept under `state` when the request left. */
export interface ExpectedResponse {
  readonly state: string
  readonly issuer: string
  readonly issParameterSupported: boolean
  /** Wall clock, milliseconds. */
  readonly expiresAt: number
  readonly now: number
}

const rfc6749 = 'RFC 6749 §4.1.2'
const rfc9207 = 'RFC 9207 §2.4'

const needsThePerson = /^(login_required|interaction_required|consent_required|account_selection_required)$/

/** The client's code for an `error` that the server sent to the callback. */
export function authorizationErrorCode(error: string): string {
  if (error === 'access_denied') return 'auth_response_access_denied'
  if (needsThePerson.test(error)) return 'silent_interaction_required'
  if (error === 'server_error' || error === 'temporarily_unavailable')
    return 'auth_response_server_unavailable'
  if (error === 'unmet_authentication_requirements') return 'auth_response_acr_unmet'
  if (error === 'invalid_request_uri') return 'par_request_uri_expired'
  return 'auth_response_error'
}

/** Parameters of a callback: the query, or the fragment where a token or an error may hide. */
export function callbackParameters(url: string): { query: URLSearchParams; fragment: URLSearchParams } {
  const { searchParams, hash } = new URL(url)
  return { query: searchParams, fragment: new URLSearchParams(hash.slice(1)) }
}

/**
 * Judges a callback in the order token in the address (RESP-09), duplicates, state, issuer, `error`, `code`
 * (RESP-04). The value is the code. `expected` is null when no transaction is kept under this state.
 */
export function judgeAuthorizationResponse(
  url: string,
  expected: ExpectedResponse | null,
): Judgement<string> {
  const { query, fragment } = callbackParameters(url)
  const list = checklist()
  const at = { issuer: expected?.issuer }
  const token = ['access_token', 'id_token'].find(name => query.has(name) || fragment.has(name))
  list.add(
    'RESP-09',
    'No token is in the address',
    'RFC 9700 §2.1.2',
    'none',
    token ?? 'none',
    token === undefined,
    'auth_response_unexpected_token',
    at,
  )
  const twice = ['code', 'state', 'iss', 'error'].find(name => query.getAll(name).length > 1)
  list.add(
    'RESP-06',
    'No parameter comes twice',
    'RFC 6749 §3.1',
    'each once',
    twice ? `${twice} twice` : 'each once',
    twice === undefined,
    'auth_response_duplicate_parameter',
    at,
  )
  // A parameter without a value counts as omitted (RFC 6749 §3.1).
  const given = (name: string) => query.get(name) || null
  const state = given('state') ?? ''
  list.add(
    'RESP-02',
    'state is there',
    rfc6749,
    'state',
    state ? 'state' : 'nothing',
    Boolean(state),
    'auth_response_state_missing',
    at,
  )
  if (list.error) return list.done<string>(null)
  if (!expected) {
    list.add(
      'RESP-03',
      'state belongs to a sign-in of this tab',
      'RFC 6749 §10.12',
      'a pending sign-in',
      'none',
      false,
      'auth_response_state_unknown',
    )
    return list.done<string>(null)
  }
  list.add(
    'RESP-03',
    'state is the one that was sent',
    'RFC 6749 §10.12',
    { value: 'state', text: expected.state },
    { value: 'state', text: state },
    state === expected.state,
    'auth_response_state_mismatch',
    at,
  )
  const inTime = expected.now <= expected.expiresAt
  list.add(
    'RESP-12',
    'The sign-in is not too old',
    rfc6749,
    'within 10 minutes',
    inTime ? 'within 10 minutes' : 'older',
    inTime,
    'auth_response_transaction_expired',
    at,
  )
  const iss = given('iss')
  if (iss !== null)
    list.add(
      'ISS-02',
      'iss is the provider that was asked',
      rfc9207,
      expected.issuer,
      excerpt(iss),
      iss === expected.issuer,
      'auth_response_issuer_mismatch',
      at,
    )
  else if (expected.issParameterSupported)
    list.add(
      'ISS-01',
      'iss is there, as the provider promised',
      rfc9207,
      expected.issuer,
      'nothing',
      false,
      'auth_response_issuer_missing',
      at,
    )
  if (!expected.issParameterSupported && iss === expected.issuer)
    list.warn(
      'ISS-04',
      'iss is announced in the metadata',
      rfc9207,
      'announced',
      'not announced',
      'auth_response_issuer_unadvertised',
    )
  if (list.error) return list.done<string>(null)
  const [code, error] = [given('code'), given('error')]
  const isOne = (code === null) !== (error === null)
  const description = query.get('error_description')
  list.add(
    'RESP-07',
    'There is a code or an error, not both',
    rfc6749,
    'one of them',
    isOne ? 'one of them' : code === null ? 'neither' : 'both',
    isOne,
    'auth_response_malformed',
    at,
  )
  if (list.error) return list.done<string>(null)
  list.add(
    'RESP-05',
    'The answer is a code, not an error',
    'RFC 6749 §4.1.2.1',
    'code',
    error === null ? 'code' : excerpt(error),
    error === null,
    authorizationErrorCode(error ?? ''),
    {
      ...at,
      protocolError: excerpt(error),
      ...(description === null ? {} : { protocolDescription: excerpt(description) }),
    },
  )
  return list.done(code)
}
