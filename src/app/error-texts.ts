/**
 * What a person reads about each code of the catalogue: a title, what happened, and what to do. One place, written
 * to be translated, and so a long file. Values of this run are put in by `errorText`, never one-time values.
 */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { stepUpFor } from '../oauth/resource-refusal.ts'

export interface ErrorText {
  readonly title: string
  readonly text: string
  readonly advice?: string | undefined
}

type Words = readonly [title: string, text: string, advice?: string]

const attack =
  'Nothing was sent on with this answer. If you did not open a strange link, tell the people who run the provider.'
const setup = 'The people who run this app can change its configuration.'
const again = 'Nothing is broken. A new sign-in makes new values.'

const words: Readonly<Record<string, Words>> = {
  // Configuration
  config_unreadable: [
    'The configuration cannot be read',
    'The app asks its own server for config.json and got no usable answer.',
    'Put the file beside index.html: JSON, without comments. A web page instead means that it is not there.',
  ],
  config_invalid: [
    'The configuration is not right',
    'One field of config.json cannot be used as it is.',
    setup,
  ],
  config_invalid_issuer_url: [
    'The issuer is not usable',
    'The issuer must be an https address without query or fragment. Plain http is accepted on this machine only.',
    'Use the issuer value of the provider’s metadata, not the address of the metadata.',
  ],
  config_invalid_redirect_uri: [
    'The redirect address is not usable',
    'It must be an absolute address without fragment or wildcard; where people are sent back after signing in, one of this app.',
    setup,
  ],
  config_client_id_missing: [
    'The client id is missing',
    'The provider knows this app by its client id, and none is configured.',
    setup,
  ],
  config_secret_forbidden: [
    'A secret does not belong here',
    'Everything in a browser app can be read by anybody, so a client secret in it is no secret. The app refuses to use it.',
    'Register a public client, which has an id and no secret. If the secret was real, replace it at the provider.',
  ],
  mix_up_defence_missing: [
    'Answers of two providers could be mixed up',
    'This provider does not name itself in its answers (RFC 9207). That matters where people also sign in elsewhere: a link or the Provider page can name another provider, and all of them send people back to one address.',
    'This is put right at the provider. Until then, sign in only at providers that you know.',
  ],
  insecure_context: [
    'This page is not secure enough to sign in',
    'Browsers hide the cryptography that sign-in needs on plain http, except on localhost.',
    'Open the app by https, or on localhost.',
  ],
  web_crypto_unavailable: [
    'This browser has no Web Crypto',
    'Sign-in needs the cryptography that every current browser has.',
    'Use a current browser, and open the app by https or on localhost.',
  ],
  storage_unavailable: [
    'The browser refuses to keep a note',
    'While you are at the provider, the app keeps a few values in this tab’s session storage, and the browser refused.',
    'Allow site data for this address, or leave private mode.',
  ],
  // Discovery and keys
  discovery_fetch_failed: [
    'The provider’s description cannot be read',
    'The app asks the provider for its metadata first, and got no answer that it may read.',
    'The provider may be down, or it does not allow this app’s origin to read the document.',
  ],
  discovery_http_error: [
    'The provider has no description at this address',
    'The metadata document was not found where the issuer says it is.',
    'Check the issuer: path, tenant or realm may be wrong.',
  ],
  discovery_not_json: [
    'That is not a provider’s description',
    'The address answered, but not with a metadata document.',
    'Check the issuer. A web page often answers where the issuer is mistyped.',
  ],
  discovery_issuer_mismatch: [
    'The provider calls itself something else',
    'The metadata names another issuer than the one that is configured. They must be equal, character by character.',
    'If you trust the provider, copy the name it gives. Often one has a slash at the end and the other has not.',
  ],
  discovery_missing_field: [
    'The provider’s description is incomplete',
    'A part that sign-in needs is missing from the metadata.',
    'This is for the people who run the provider.',
  ],
  discovery_insecure_endpoint: [
    'The provider has an address without https',
    'A message with a code or a token must not travel in the open.',
    'This is for the people who run the provider.',
  ],
  discovery_code_flow_unsupported: [
    'This provider does not offer the code flow',
    'Only the authorization code flow is safe in a browser, and this provider does not list it.',
    'Choose another provider, or another type of client there.',
  ],
  discovery_pkce_s256_unsupported: [
    'This provider does not offer PKCE with S256',
    'Without it a stolen code could be used, so the app does not go on.',
    'Turn on S256 at the provider.',
  ],
  discovery_pkce_not_advertised: [
    'PKCE is not announced',
    'The provider does not say whether it supports PKCE. The app uses it all the same.',
  ],
  discovery_public_client_not_advertised: [
    'Public clients are not announced',
    'The provider may refuse an app without a secret.',
  ],
  jwks_fetch_failed: [
    'The provider’s keys cannot be read',
    'The app needs the public keys to check the signature of your ID token.',
    'The provider may be down, or it does not allow this app’s origin to read its keys.',
  ],
  jwks_invalid: [
    'The provider’s keys cannot be used',
    'The key set is malformed, or the needed key has its private part published.',
    'This is for the people who run the provider.',
  ],
  jwks_key_not_found: [
    'The key that signed your ID token is not published',
    'Among the keys that could be read now, none of that name fits the token.',
    attack,
  ],
  // Authorization response
  auth_response_state_missing: [
    'The answer does not say which sign-in it belongs to',
    'The value named state is missing from the answer.',
    attack,
  ],
  auth_response_state_mismatch: [
    'The answer belongs to another sign-in',
    'The value named state is not the one this app sent.',
    attack,
  ],
  auth_response_state_unknown: [
    'This tab did not start this sign-in',
    'The answer belongs to no sign-in that is pending here. The link may be old, from another tab or browser, or made by somebody else.',
    again,
  ],
  auth_response_transaction_expired: [
    'That took too long',
    'A sign-in is good for ten minutes, and this one is older.',
    again,
  ],
  auth_response_already_used: [
    'This sign-in was already finished',
    'A code works once, and this one was used.',
    again,
  ],
  auth_response_issuer_missing: [
    'The answer does not say who sent it',
    'The provider promised to name itself in its answers and this answer has no name.',
    attack,
  ],
  auth_response_issuer_mismatch: [
    'The answer comes from somebody else',
    'It names another issuer than the one this app asked.',
    attack,
  ],
  auth_response_issuer_unadvertised: [
    'The provider names itself without having announced it',
    'The name is right, so the sign-in goes on.',
  ],
  auth_response_duplicate_parameter: [
    'The answer contradicts itself',
    'One of its values comes twice.',
    attack,
  ],
  auth_response_malformed: [
    'The answer makes no sense',
    'It must hold either a code or an error.',
    'A proxy or a router may rewrite the address.',
  ],
  auth_response_unexpected_token: [
    'A token came in the address',
    'Tokens in an address end up in the history and in logs. The app removed it and did not use it.',
    'Turn off the implicit flow at the provider.',
  ],
  auth_response_error: [
    'The provider refused the request',
    'It answered with an error instead of a code.',
    'The diagnosis says what the error usually means.',
  ],
  auth_response_access_denied: [
    'You said no, or the provider did',
    'The provider says that access was denied. No data was shared.',
    'Sign in again if you want to allow it. If you did not say no, ask who runs the provider.',
  ],
  auth_response_server_unavailable: [
    'The provider is not available now',
    'It says that it cannot handle the request at the moment.',
    'Try again in a while.',
  ],
  auth_response_acr_unmet: [
    'The provider cannot sign you in that strongly',
    'The app asked for a stronger way of signing in than your account has.',
    'Enrol a second factor at the provider, or ask for less.',
  ],
  authorization_abandoned: [
    'You came back without an answer',
    'A sign-in was started in this tab and the provider never sent you back. That is what an unregistered redirect address looks like, and also what Back looks like.',
    'If the provider showed an error page, open the diagnosis: it shows the exact address to register.',
  ],
  request_tampered: ['The request was changed', 'A value of the request is not what the app made.'],
  message_dropped: ['You dropped the message', 'It was held and never sent, so nothing came of it.', again],
  // Token endpoint
  token_request_failed: [
    'The tokens could not be collected',
    'The request for tokens got no usable answer.',
    again,
  ],
  token_http_error: [
    'The provider answered with an error',
    'The token endpoint gave a status that is no success.',
    'Try again. If it stays, it is for the people who run the provider.',
  ],
  token_response_not_json: [
    'The provider’s answer is not readable',
    'The token endpoint must answer with JSON, and something else came. Often that is a gateway or an error page.',
    'Try again in a while.',
  ],
  token_response_error: [
    'The provider refused to give tokens',
    'It answered the request for tokens with an error.',
    'The diagnosis ranks the reasons by what is known here.',
  ],
  token_response_missing_access_token: [
    'The answer has no access token',
    'A successful answer must have one.',
    'This is for the people who run the provider.',
  ],
  token_response_missing_id_token: [
    'The answer has no ID token',
    'Without it the app cannot know who signed in.',
    'Check that the scope openid is asked and allowed for this client.',
  ],
  token_response_unsupported_token_type: [
    'The token is of a kind this app cannot use',
    'The provider gave another type than the one the app can handle.',
    setup,
  ],
  token_type_downgraded: [
    'The token is not bound to this browser',
    'A sender-constrained token was asked and a plain one came, so the app threw it away.',
    'Turn on DPoP for this client, or turn it off in the configuration.',
  ],
  token_scope_reduced: ['Less was granted than asked', 'The provider granted fewer scopes.'],
  response_too_large: [
    'The answer is too large',
    'More than one mebibyte came, which no message of this protocol needs.',
    'This is for the people who run the provider.',
  ],
  // ID token
  id_token_malformed: ['The ID token cannot be read', 'It is not a signed token of three parts.', attack],
  id_token_encrypted_unsupported: [
    'The ID token is encrypted',
    'A browser app has no private key to decrypt it with.',
    'Turn off ID token encryption for this client.',
  ],
  id_token_alg_none: [
    'The ID token is not signed',
    'It claims that no signature is needed. That is never accepted.',
    attack,
  ],
  id_token_alg_not_allowed: [
    'The ID token is signed in a way that is not accepted',
    'Only the algorithms that the provider announced are used, and only those with a public key.',
    'Set RS256 or ES256 for this client.',
  ],
  id_token_kid_ambiguous: [
    'It is unclear which key signed',
    'The token names no key and several fit.',
    'This is for the people who run the provider.',
  ],
  id_token_signature_invalid: [
    'The ID token’s signature is wrong',
    'It was not made with the provider’s key, or the token was changed on the way.',
    attack,
  ],
  id_token_issuer_mismatch: [
    'The ID token comes from another issuer',
    'It must name exactly the provider that was asked.',
    attack,
  ],
  id_token_audience_mismatch: [
    'The ID token is for another app',
    'It names another client than this one.',
    attack,
  ],
  id_token_audience_untrusted: [
    'The ID token is also for somebody else',
    'It lists a further audience, which this app was not told to trust.',
    'Some providers name a project or an API there. If it is yours, trust it on the Provider page; else tell the people who run the provider.',
  ],
  id_token_azp_mismatch: [
    'The ID token was made for another app',
    'Its authorized party is another client.',
    attack,
  ],
  id_token_claim_missing: [
    'The ID token lacks a claim',
    'A claim that every ID token must have is missing.',
    'This is for the people who run the provider.',
  ],
  id_token_expired: [
    'The ID token is already over',
    'Its end lies in the past.',
    'If it was just issued, a clock is wrong: look at this device’s clock first.',
  ],
  id_token_issued_in_future: [
    'The ID token comes from the future',
    'Its time of issue has not come yet.',
    'A clock is wrong: look at this device’s clock first.',
  ],
  id_token_too_old: [
    'The ID token is old',
    'It was issued long ago.',
    'Most likely a clock is wrong: look at this device’s clock first.',
  ],
  id_token_not_yet_valid: [
    'The ID token is not valid yet',
    'It says that it starts later.',
    'A clock is wrong: look at this device’s clock first.',
  ],
  id_token_nonce_missing: [
    'The ID token does not belong to this sign-in',
    'The value named nonce is missing from it.',
    attack,
  ],
  id_token_nonce_mismatch: [
    'The ID token belongs to another sign-in',
    'The value named nonce in it is not the one this app sent.',
    attack,
  ],
  id_token_nonce_unexpected: [
    'The ID token belongs to another sign-in',
    'It holds a nonce though none was sent.',
    attack,
  ],
  id_token_at_hash_mismatch: [
    'The two tokens do not belong together',
    'The ID token vouches for another access token.',
    attack,
  ],
  id_token_auth_time_missing: [
    'The provider does not say when you signed in',
    'The app asked how long ago that was.',
    'The provider ignores max_age.',
  ],
  id_token_auth_time_too_old: [
    'You signed in too long ago',
    'The app asked for a fresh sign-in.',
    'Sign in again.',
  ],
  id_token_acr_unsatisfied: [
    'The sign-in was not strong enough',
    'The app asked for a stronger way of signing in than was used.',
    'Sign in again with a second factor.',
  ],
  id_token_crit_unsupported: [
    'The ID token demands something unknown',
    'It has a critical extension that this app does not know.',
    'This is for the people who run the provider.',
  ],
  id_token_type_unexpected: ['That is not an ID token', 'A token of another kind came in its place.', attack],
  clock_skew_suspected: [
    'A clock seems to be wrong',
    'The provider’s time and this device’s time differ.',
    'Look at this device’s clock first.',
  ],
  // DPoP and PAR
  dpop_key_unavailable: [
    'The key of this sign-in is gone',
    'The token is to be bound to a key of this browser, which is no longer there.',
    again,
  ],
  dpop_key_storage_failed: [
    'The key cannot be kept',
    'The browser refuses to keep it while you are away, so the code is not bound to it. The tokens are bound to a new one.',
  ],
  dpop_alg_unsupported: [
    'The provider does not offer bound tokens',
    'DPoP is on in the configuration, and the provider does not list a fitting algorithm.',
    setup,
  ],
  dpop_proof_rejected: [
    'The proof of the key was refused',
    'The server did not accept the proof. Usually a clock is wrong, or a proxy changes the address.',
    'Look at this device’s clock first.',
  ],
  dpop_nonce_missing: [
    'The server wants a value that it hides',
    'It asks for a nonce in the proof, and does not let this page read the header with it.',
    'The server must expose DPoP-Nonce to this origin.',
  ],
  dpop_nonce_retry_exhausted: [
    'The server keeps asking for another proof',
    'The app repeated the request with the new value, once, and it was refused again.',
    'Try again in a while.',
  ],
  par_error: [
    'The provider refused the pushed request',
    'It did not take the parameters of this sign-in. A redirect address that is not registered shows up here.',
    'Open the diagnosis: it shows the exact address to register.',
  ],
  par_response_invalid: [
    'The answer to the pushed request is incomplete',
    'A reference and its lifetime must come back.',
    'This is for the people who run the provider.',
  ],
  par_required_not_configured: [
    'The provider demands pushed requests',
    'They are turned off in the configuration.',
    setup,
  ],
  par_request_uri_expired: [
    'The pushed request is too old',
    'Its reference was used already, or too late.',
    again,
  ],
  // Session
  refresh_rejected: [
    'The session cannot be renewed',
    'The provider did not accept the refresh token: it ended, was revoked, or you signed out elsewhere.',
    'Sign in again.',
  ],
  refresh_token_missing: [
    'Nothing is there to renew the session with',
    'The provider gave no refresh token.',
  ],
  refresh_network_failed: [
    'The provider cannot be reached',
    'Your session is kept and goes on as soon as the network is back.',
  ],
  refresh_id_token_issuer_changed: [
    'The renewal came from another issuer',
    'The session was ended for safety.',
    attack,
  ],
  refresh_id_token_subject_changed: [
    'The renewal is for another person',
    'The session was ended for safety.',
    attack,
  ],
  refresh_id_token_audience_changed: [
    'The renewal is for another app',
    'The session was ended for safety.',
    attack,
  ],
  refresh_id_token_nonce_changed: [
    'The renewal belongs to another sign-in',
    'The session was ended for safety.',
    attack,
  ],
  refresh_id_token_auth_time_changed: [
    'The renewal tells another time of sign-in',
    'The session was ended for safety.',
    attack,
  ],
  session_expired: ['Your session has ended', 'It could not be renewed any more.', 'Sign in again.'],
  silent_interaction_required: [
    'The provider wants to see you',
    'It cannot go on without you: you are signed out there, or it has a question.',
    'Sign in again.',
  ],
  silent_timeout: [
    'The provider did not answer in the background',
    'It was asked without showing a page, and never came back to this app. Most often it does not know the address to come back to, silent-callback.html for a hidden frame, and shows an error page that nobody sees. It may also forbid being framed.',
    'Sign in again. The Provider page shows every address to register.',
  ],
  silent_frame_blocked: [
    'The provider cannot be asked in the background',
    'It forbids being framed.',
    'Sign in again.',
  ],
  silent_third_party_cookies_blocked: [
    'The browser hides the provider’s cookie',
    'Inside a frame the provider cannot see that you are signed in. A redirect still works.',
    'Sign in again.',
  ],
  silent_subject_changed: [
    'Somebody else signed in',
    'Another person is signed in at the provider now. Nothing of theirs was taken over.',
    'Sign in again as the person you are.',
  ],
  popup_blocked: [
    'The browser blocked the window',
    'The sign-in window could not be opened.',
    'Allow it for this page, or sign in without a window.',
  ],
  popup_closed: [
    'The window was closed',
    'The sign-in was not finished.',
    'Sign in again. If the window showed an error page of the provider, open the diagnosis: it shows the address to register.',
  ],
  popup_timeout: [
    'The window did not answer',
    'The sign-in was not finished in ten minutes.',
    'Sign in again. If the window showed an error page of the provider, open the diagnosis: it shows the address to register.',
  ],
  popup_opener_severed: [
    'The window lost its way back',
    'The provider cut the connection to this page.',
    'Sign in without a window.',
  ],
  // Network
  network_offline: [
    'You are offline',
    'This device has no network at the moment.',
    'Try again when it is back.',
  ],
  network_unreachable: [
    'The server cannot be reached',
    'It does not answer at all.',
    'It may be down, or its name, certificate or network is wrong.',
  ],
  network_or_cors_blocked: [
    'The browser may not read the answer',
    'The server is there, and its answer could not be read: most often it does not allow this app’s origin, sometimes the connection broke. What was sent may have arrived, so a code counts as used.',
    'Allow this app’s origin at the provider, then sign in again.',
  ],
  cors_blocked: [
    'The browser may not read the answer',
    'The server does not allow this app’s origin.',
    'Allow this app’s origin at the provider.',
  ],
  cors_header_not_exposed: [
    'The browser may not see a header',
    'The answer has a header that the server does not expose to this origin.',
  ],
  csp_blocked: [
    'This app’s own rules forbid the request',
    'The Content-Security-Policy of this page does not list the address.',
    setup,
  ],
  mixed_content_blocked: [
    'A secure page may not ask an insecure address',
    'The app is served by https and the address is plain http.',
    'Use https.',
  ],
  request_timeout: [
    'The server did not answer in time',
    'The app waited and gave up.',
    'Try again in a while.',
  ],
  redirect_refused: [
    'The server wanted to send the request elsewhere',
    'A code or a token is never carried to another address.',
    'The endpoint has moved: the provider’s metadata is out of date.',
  ],
  local_network_permission_denied: [
    'The browser does not let this page reach your own network',
    'The provider runs on this machine or network, and the permission was not given.',
    'Allow it when the browser asks, or open the app from localhost.',
  ],
  rate_limited: ['Too many requests', 'The server asks to wait.', 'Try again in a while.'],
  // Profile and API
  userinfo_sub_mismatch: [
    'The profile belongs to another person',
    'The answer names another person than the ID token, so nothing of it is shown.',
    attack,
  ],
  userinfo_sub_missing: [
    'The profile does not say whom it describes',
    'Nothing of it is shown.',
    'This is for the people who run the provider.',
  ],
  userinfo_jwt_unsupported: [
    'The profile comes in a form this app does not read',
    'A signed document came where plain JSON was expected.',
    'Turn off signed UserInfo for this client.',
  ],
  userinfo_not_json: [
    'The profile cannot be read',
    'The answer is not JSON.',
    'This is for the people who run the provider.',
  ],
  userinfo_http_error: [
    'The profile was refused',
    'The UserInfo endpoint answered with an error.',
    'You are signed in all the same. Try to load it again.',
  ],
  userinfo_request_failed: [
    'The profile could not be loaded',
    'The UserInfo endpoint gave no answer that this page may read.',
    'You are signed in all the same. Try to load it again.',
  ],
  resource_request_failed: [
    'The API could not be asked',
    'It gave no answer that this page may read, or an error.',
    'You are signed in all the same. Try to load it again.',
  ],
  resource_unauthorized: [
    'The API refused the access token',
    'It was refused, also after a renewal where one was possible.',
    'The token may be for another API: compare its audience.',
  ],
  resource_insufficient_scope: [
    'The API wants more rights',
    'It knows who asks, and said no. Most often the access token lacks a scope that it needs.',
    'Ask for the scope and sign in again.',
  ],
  resource_step_up_required: [
    'The API wants a stronger sign-in',
    'It asks you to sign in again in a stronger or fresher way.',
    'Sign in again.',
  ],
  resource_bad_request: ['The API did not understand the request', 'It may have got the token in two ways.'],
  resource_origin_not_allowed: [
    'This address may not get the token',
    'Tokens go only to the origins that are configured for them.',
    setup,
  ],
  revocation_failed: ['The tokens could not be handed back', 'You are signed out here all the same.'],
  revocation_unsupported_token_type: [
    'This kind of token cannot be handed back',
    'You are signed out here all the same.',
  ],
  logout_endpoint_missing: [
    'You are signed out here only',
    'This provider has no sign-out of its own, so its session stays open.',
  ],
  logout_not_returned: [
    'The provider did not send you back',
    'The sign-out address may not be registered. Or it was sent as a form (POST), which keeps the ID token out of every address, and the provider takes none: then it shows "Not Found" or "Forbidden".',
    'You are signed out here all the same. The diagnosis says what to change.',
  ],
  logout_state_mismatch: ['You are signed out', 'The provider’s answer carried another mark.'],
  logout_state_missing: ['You are signed out', 'The provider’s answer carried no mark.'],
  page_not_loaded: [
    'A part of the app could not be loaded',
    'The network may be away, or a new version of the app was put online.',
    'Try again.',
  ],
  trace_file_invalid: ['This file is not a trace', 'It was not written by this app, or it was changed.'],
  unexpected: [
    'Something unexpected happened',
    'The app met a case that it does not know.',
    'Try again. If it stays, the diagnosis helps to report it.',
  ],
}

/** Words for an error, with the values of this run where they help. */
export function errorText(error: OAuthErrorDetails): ErrorText {
  const [title, text, advice] = words[error.code] ??
    words['unexpected'] ?? ['Something unexpected happened', '']
  const skew = error.hints?.find(hint => hint.startsWith('clock_skew:'))?.slice('clock_skew:'.length)
  const age = Number(skew)
  // The age of a token is all that is known: an old token and a wrong clock look the same.
  if (/^id_token_(expired|issued|not_yet|too_old)/.test(error.code) && Math.abs(age) >= 60) {
    const issued = age > 0 ? `was issued about ${inWords(age)} ago` : `is issued in about ${inWords(-age)}`
    return { title, text: `${text} By this device’s clock the token ${issued}.`, advice }
  }
  const scope = stepUpFor(error)?.moreScope
  if (scope !== undefined) return { title, text: `${text.slice(0, -1)}: ${scope}.`, advice }
  if (error.code === 'discovery_insecure_endpoint' && error.received)
    return { title, text: `${text} It names ${error.received}.`, advice }
  if (/^(config_|discovery_missing_field)/.test(error.code) && error.expected)
    return { title, text: `${text} ${field(error)}`, advice }
  return { title, text, advice }
}

const field = ({ expected, received }: OAuthErrorDetails) =>
  `Expected ${expected}; found ${received ?? 'nothing'}.`
const inWords = (seconds: number) =>
  seconds < 90
    ? 'a minute'
    : seconds < 7200
      ? `${Math.round(seconds / 60)} minutes`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} hours`
        : `${Math.round(seconds / 86_400)} days`

/** Which way on makes sense: a new sign-in, which asks the provider anew, or the same page again. */
export const wayOn = (code: string): 'sign_in' | 'reload' =>
  /^(config_|insecure_context|web_crypto|page_not)/.test(code) ? 'reload' : 'sign_in'

/** Every code that has words; only these may come in an address. */
export const knownCodes: readonly string[] = Object.keys(words)
