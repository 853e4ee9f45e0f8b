/**
 * Named faults of the demo servers, to practise on. All are off unless someone switches them on: by the
 * environment variable WEAKNESSES, by an option, or while running at `PUT /demo/weaknesses`.
 * Each names the rows of the report card that it turns from safe to unsafe (numbers of the provider checks).
 * The list is data, one entry a line or two, which is why this file is long.
 */

export interface Weakness {
  readonly id: string
  /** What the server does wrong, in one sentence. */
  readonly sentence: string
  readonly party: 'authorization-server' | 'resource-server'
  /** Rows of the report card that turn unsafe; empty for faults that only an experiment or an eye can see. */
  readonly checks: readonly number[]
}

const as = <const Id extends string>(id: Id, checks: readonly number[], sentence: string) => ({
  id,
  sentence,
  checks,
  party: 'authorization-server' as const,
})
const api = <const Id extends string>(id: Id, checks: readonly number[], sentence: string) => ({
  id,
  sentence,
  checks,
  party: 'resource-server' as const,
})

export const weaknessList = [
  // Metadata and keys
  as('wrong_metadata_issuer', [1], 'The metadata names another issuer than the one that was asked.'),
  as('no_pkce_in_metadata', [], 'The metadata does not say that PKCE is supported.'),
  as('metadata_lists_implicit', [3], 'The metadata offers the implicit and the password grant.'),
  as('cors_on_authorize', [4], 'Scripts of the app may read the authorization endpoint.'),
  as('weak_key', [5], 'One of the published keys is an RSA key of 1024 bits.'),
  // Authorization request
  as('no_pkce_required', [6], 'A request without code_challenge is accepted.'),
  as('plain_allowed', [7], 'code_challenge_method=plain is accepted.'),
  as('method_defaults_to_plain', [8], 'A challenge without method is taken as plain.'),
  as('loose_redirect_query', [9], 'A redirect URI with an extra query is accepted.'),
  as(
    'code_pollution',
    [9, 11],
    'A code that is already in the redirect URI stays there, beside the real one.',
  ),
  as('loose_redirect_path', [10], 'A redirect URI with another path is accepted.'),
  as('redirect_uri_optional', [12], 'A request without redirect_uri gets the first registered one.'),
  as('implicit_allowed', [3, 13], 'response_type=token is accepted and puts an access token into the URL.'),
  as('duplicate_params_allowed', [14], 'A parameter given twice at the authorization endpoint is accepted.'),
  as('unknown_params_refused', [15], 'A parameter that the server does not know makes the request fail.'),
  as('state_cut', [16], 'The state is cut to 64 characters on its way back.'),
  as('no_iss', [17], 'The authorization response does not say who answers.'),
  as('wrong_iss', [17], 'The authorization response names another issuer, as in a mix-up attack.'),
  as(
    'prompt_none_shows_page',
    [19],
    'prompt=none shows the sign-in page instead of answering login_required.',
  ),
  // Token request
  as('wrong_verifier_accepted', [20], 'Any code_verifier is accepted, except the challenge itself.'),
  as('missing_verifier_accepted', [21], 'The code is exchanged without code_verifier.'),
  as('challenge_as_verifier_accepted', [22], 'The challenge is accepted as verifier: the hash is not made.'),
  as(
    'pkce_downgrade_accepted',
    [6, 23],
    'A verifier is accepted for a code that was asked for without challenge.',
  ),
  as('short_verifier_accepted', [24], 'A code_verifier of three characters is accepted.'),
  as('code_replay_allowed', [26, 27], 'An authorization code works more than once.'),
  as('code_replay_keeps_tokens', [26], 'A replayed code is refused, but the first tokens stay valid.'),
  as('redirect_uri_ignored_at_token', [28], 'The redirect_uri of the token request is not compared.'),
  as('code_not_bound_to_client', [29], 'A code can be exchanged by another client.'),
  as('token_get_allowed', [30], 'The token endpoint answers GET, with everything in the URL.'),
  as('duplicate_token_params_allowed', [31], 'A parameter given twice at the token endpoint is accepted.'),
  as('no_cache_control', [32], 'The token response does not forbid caching.'),
  as('password_grant_allowed', [3, 33], 'The token endpoint takes names and passwords.'),
  // Refresh, revocation, logout
  as('no_rotation', [34], 'The refresh token stays the same after use.'),
  as('refresh_reuse_accepted', [35], 'A refresh token that was used already works again.'),
  as('refresh_family_survives', [35], 'A reused refresh token is refused, but its successors stay valid.'),
  as('wide_scope_on_refresh', [36], 'A refresh may ask for more than the person agreed to.'),
  as('revocation_ignored', [37], 'Revocation answers 200 and does nothing.'),
  as('loose_logout_redirect', [38], 'Sign-out returns to any address it is given.'),
  // ID token and UserInfo
  as('id_token_altered', [39], 'The name in the ID token is changed after it was signed.'),
  as('id_token_alg_none', [39], 'The ID token comes unsigned, with alg none.'),
  as('id_token_wrong_key', [39], 'The ID token is signed with a key that is not published.'),
  as('id_token_wrong_nonce', [39], 'The ID token carries the nonce of another sign-in.'),
  as('id_token_no_nonce', [39], 'The ID token carries no nonce.'),
  as('id_token_wrong_audience', [39], 'The ID token was made for another client.'),
  as('id_token_wrong_issuer', [39], 'The ID token names another issuer.'),
  as('id_token_expired', [39], 'The ID token is already expired when it comes.'),
  as('id_token_wrong_at_hash', [39], 'The ID token belongs to another access token.'),
  as('userinfo_wrong_sub', [40], 'UserInfo speaks about another person than the ID token.'),
  as('long_lifetimes', [43], 'Access tokens live for a day.'),
  as('short_secrets', [44], 'Codes and refresh tokens are so short that they can be guessed.'),
  as('par_reusable', [46], 'A pushed request can be used more than once.'),
  // Seen by an eye or an experiment, not by a row
  as('frameable_pages', [], 'The sign-in and consent pages can be put into a frame.'),
  as('too_many_requests', [], 'The token endpoint answers 429 with Retry-After: 2.'),
  as('token_endpoint_down', [], 'The token endpoint answers 503.'),
  // The demo API
  api('api_accepts_altered', [41], 'The API does not check the signature of access tokens.'),
  api('api_accepts_alg_none', [41], 'The API takes unsigned access tokens (alg none).'),
  api('api_accepts_id_token', [41], 'The API takes an ID token for an access token.'),
  api(
    'api_accepts_query_token',
    [42],
    'The API takes the token from the query, where logs and histories keep it.',
  ),
  api('api_accepts_expired', [], 'The API does not look at the expiry time.'),
  api('api_ignores_audience', [], 'The API takes tokens that were made for another API.'),
  api('api_ignores_scope', [], 'The API does not look at the scope.'),
  api('dpop_not_required', [45], 'The API takes a DPoP-bound token without a proof.'),
  api('dpop_replay_allowed', [45], 'The same DPoP proof works more than once.'),
  api('dpop_key_not_checked', [45], 'The API takes a DPoP proof that was made with another key.'),
  api('dpop_proof_not_checked', [45], 'The API does not look into DPoP proofs at all.'),
] satisfies readonly Weakness[]

export type WeaknessId = (typeof weaknessList)[number]['id']

/** The weakness of that name. @throws Error when there is none, with the names that exist */
export function parseWeaknessId(name: string): WeaknessId {
  const found = weaknessList.find(each => each.id === name)
  if (!found)
    throw new Error(`There is no weakness "${name}". Known: ${weaknessList.map(each => each.id).join(', ')}`)
  return found.id
}

/** Reads a comma-separated list, as in WEAKNESSES. @throws Error on an unknown name */
export function parseWeaknessIds(list: string): WeaknessId[] {
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(parseWeaknessId)
}

/** The set of faults that are on now; both servers look at the same one. */
export class Weaknesses {
  #on: ReadonlySet<WeaknessId>
  readonly #listeners: (() => void)[] = []

  constructor(on: Iterable<WeaknessId> = []) {
    this.#on = new Set(on)
  }

  has(id: WeaknessId): boolean {
    return this.#on.has(id)
  }

  get on(): WeaknessId[] {
    return [...this.#on]
  }

  /** Replaces the whole set. */
  set(on: Iterable<WeaknessId>): void {
    this.#on = new Set(on)
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }
}
