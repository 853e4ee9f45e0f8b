/**
 * The 34 points where people get stuck, and where this app meets each: a finding of the doctor, a cause of a failed
 * sign-in, a refusal of the form, or a place where the app cannot get stuck because of how it is built.
 */
export type Met = 'finding' | 'cause' | 'input' | 'prevented'

export interface StuckPoint {
  readonly number: number
  readonly title: string
  readonly met: readonly (readonly [Met, string])[]
}

const point = (number: number, title: string, ...met: (readonly [Met, string])[]): StuckPoint => ({
  number,
  title,
  met,
})

/** `prevented` carries the requirement that keeps the app away from the point. */
export const stuckPoints: readonly StuckPoint[] = [
  point(
    1,
    'client_secret is missing, in spite of PKCE',
    ['finding', 'client_secret_wanted'],
    ['cause', 'client_secret_wanted'],
  ),
  point(
    2,
    'A confidential client was chosen',
    ['finding', 'client_not_public'],
    ['cause', 'client_not_public'],
  ),
  point(
    3,
    'The library asks for the secret, not the provider',
    ['cause', 'config_secret_forbidden'],
    ['input', 'config_secret_forbidden'],
  ),
  point(
    4,
    'The token endpoint has no CORS',
    ['finding', 'token_cors_blocked'],
    ['cause', 'token_cors_blocked'],
  ),
  point(
    5,
    'Entra: the wrong platform',
    ['finding', 'entra_platform_type'],
    ['cause', 'entra_platform_type'],
    ['cause', 'entra_origin_missing'],
  ),
  point(6, 'crypto.subtle is undefined', ['finding', 'insecure_context'], ['cause', 'insecure_context']),
  point(
    7,
    'The issuer differs by a character',
    ['finding', 'discovery_issuer_mismatch'],
    ['cause', 'discovery_issuer_mismatch'],
  ),
  point(
    8,
    'Entra: /common names {tenantid}',
    ['finding', 'issuer_tenant_template'],
    ['cause', 'issuer_tenant_template'],
  ),
  point(9, 'The whole .well-known address was pasted', ['input', 'issuer_well_known_pasted']),
  point(
    10,
    'Discovery or keys lack CORS',
    ['finding', 'discovery_cors_blocked'],
    ['finding', 'keys_cors_blocked'],
  ),
  point(11, 'credentials: include meets a star', ['prevented', 'TOK-04']),
  point(
    12,
    'The redirect address is not registered',
    ['finding', 'redirect_registered'],
    ['cause', 'redirect_uri_not_registered'],
    ['cause', 'silent_callback_not_registered'],
  ),
  point(
    13,
    'A hash in the redirect address',
    ['finding', 'config_invalid_redirect_uri'],
    ['cause', 'redirect_uri_fragment'],
  ),
  point(14, 'Verifier and challenge mixed up', ['cause', 'grant_verifier_wrong']),
  point(
    15,
    'A challenge without a method means plain',
    ['finding', 'pkce_plain_accepted'],
    ['cause', 'pkce_refused'],
  ),
  point(16, 'Why PKCE, state and nonce', ['prevented', 'RESP-01']),
  point(17, 'No openid, no ID token', ['finding', 'scope_openid_missing'], ['cause', 'scope_openid_missing']),
  point(
    18,
    'No matching state in storage',
    ['cause', 'state_of_another_tab'],
    ['cause', 'state_of_another_origin'],
    ['cause', 'sign_in_too_slow'],
  ),
  point(19, 'The callback stays in the address bar', ['cause', 'callback_replayed']),
  point(20, 'Callback 404 on a static host', ['finding', 'callback_not_served']),
  point(21, 'The popup has no opener', ['cause', 'popup_opener_severed']),
  point(
    22,
    'login_required in a frame',
    ['finding', 'silent_third_party_cookies_blocked'],
    ['cause', 'silent_cookies_hidden'],
  ),
  point(23, 'StrictMode spends the code twice', ['cause', 'grant_code_used_twice']),
  point(24, 'CORS hides the real error', ['cause', 'error_unreadable']),
  point(
    25,
    'invalid_grant means six things',
    ['cause', 'grant_code_expired'],
    ['cause', 'grant_redirect_uri_differs'],
    ['cause', 'grant_other_client'],
    ['cause', 'grant_user_disabled'],
  ),
  point(
    26,
    'GET or JSON instead of a form POST',
    ['finding', 'token_http_error'],
    ['cause', 'token_request_form_refused'],
  ),
  point(
    27,
    'An error with status 200',
    ['finding', 'error_with_status_200'],
    ['cause', 'error_with_status_200'],
  ),
  point(28, 'The ID token was sent to the API', ['cause', 'resource_audience_wrong']),
  point(29, 'An opaque access token in a decoder', ['finding', 'access_token_opaque']),
  point(30, 'A Microsoft Graph token has an invalid signature', ['finding', 'access_token_not_yours']),
  point(31, 'iat is in the future', ['finding', 'clock_skew_suspected'], ['cause', 'clock_differs']),
  point(
    32,
    'No refresh token',
    ['finding', 'refresh_not_asked'],
    ['finding', 'refresh_token_missing'],
    ['cause', 'refresh_token_missing'],
  ),
  point(33, 'Two tabs, and everyone is signed out', ['cause', 'refresh_token_reused']),
  point(
    34,
    'The sign-out does not come back',
    ['finding', 'logout_endpoint_missing'],
    ['cause', 'logout_not_returned'],
    ['cause', 'logout_takes_only_get'],
  ),
]

/** Two more that the list names without a number. */
export const unnumbered: readonly StuckPoint[] = [
  point(0, 'WWW-Authenticate and DPoP-Nonce are hidden', ['finding', 'cors_header_not_exposed']),
  point(
    0,
    'Userinfo fails by CORS with an expired token',
    ['finding', 'userinfo_cors_blocked'],
    ['cause', 'profile_cors_blocked'],
  ),
]
