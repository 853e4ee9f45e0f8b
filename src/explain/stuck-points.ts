/**
 * Where people get stuck, and the answer, at the step where it happens. The numbers are those of the project's
 * list of 34; `null` marks the two that the list adds without a number. Longer than other files because it is one
 * list, to be translated as a whole.
 */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Message, MessageKind } from '../sequence/message.ts'

export interface StuckPoint {
  readonly number: number | null
  readonly kinds: readonly MessageKind[]
  /** What the person sees. */
  readonly sees: string
  readonly answer: string
  /** Codes, ours or the server's, with which this point comes first; empty: nothing that this app can meet. */
  readonly codes: readonly string[]
  /** What the words of the failure have to say besides, where the code alone says too little. */
  readonly words?: RegExp
}

export const stuckPoints: readonly StuckPoint[] = [
  {
    number: 1,
    kinds: ['token_response'],
    sees: 'Google says `client_secret is missing`, although PKCE was used.',
    answer:
      'Google offers no client for browsers without a secret. It asks its web clients for one even with a verifier. PKCE was accepted; the missing part is client authentication. Nothing in your code is wrong.',
    codes: ['invalid_request', 'invalid_client'],
    words: /^client_secret is missing/i,
  },
  {
    number: 2,
    kinds: ['token_response'],
    sees: 'The token endpoint asks for a secret that a browser app cannot have.',
    answer:
      'This client is registered as confidential. Make it public. In Keycloak: turn Client authentication off and keep Standard flow on.',
    codes: ['invalid_client', 'unauthorized_client'],
  },
  {
    number: 3,
    kinds: ['token_request'],
    sees: 'An error about a missing secret, and no token request in the network panel.',
    answer:
      'Then it was not the provider: your own library refused to send, because it is set to `client_secret_basic`. Set its client authentication to none. If this line of the lens is drawn, the request did leave.',
    codes: [],
  },
  {
    number: 4,
    kinds: ['token_request', 'token_response'],
    sees: 'The token endpoint answers, and the browser shows a CORS error.',
    answer:
      'Add the origin of this app at the provider. The field is called Web Origins (Keycloak), Trusted Origins (Okta), Allowed Origins (Auth0, where the callback addresses count already), Additional Origins (ZITADEL); with Entra ID it follows from the platform type. A server that was made for confidential clients may have no such field.',
    codes: ['network_or_cors_blocked'],
  },
  {
    number: 5,
    kinds: ['token_response'],
    sees: 'Entra ID says AADSTS9002326, or AADSTS9002327.',
    answer:
      '9002326: the platform of the redirect address is wrong. Move {{redirect_uri}} from Web to Single-page application. 9002327: the platform is right, and the code was redeemed without a browser’s Origin header, by a proxy, a server or a native app.',
    codes: ['invalid_request'],
    words: /AADSTS900232[67]/,
  },
  {
    number: 6,
    kinds: ['pkce_created'],
    sees: '`crypto.subtle` is undefined.',
    answer:
      'Browsers offer Web Crypto on https and on localhost only. An address such as http://192.168.1.10 is neither. Use localhost, or give the test machine a certificate.',
    codes: ['insecure_context', 'web_crypto_unavailable'],
  },
  {
    number: 7,
    kinds: ['discovery_response'],
    sees: 'The issuer does not match.',
    answer:
      'Both names are under Checks, one above the other. Often it is one slash at the end, the tenant, or http in place of https. If you trust the document, copy the name that it gives.',
    codes: ['discovery_issuer_mismatch'],
  },
  {
    number: 8,
    kinds: ['discovery_response'],
    sees: 'With Entra ID the issuer holds `{tenantid}`.',
    answer:
      'The address with `/common` describes all tenants, so its issuer is a pattern. Use the id of your tenant. Putting the tenant in from the token would work too and weakens the check: then the token says what it is compared with.',
    codes: ['discovery_issuer_mismatch'],
    words: /\{\w+\}/,
  },
  {
    number: 9,
    kinds: ['discovery_request'],
    sees: 'Is the issuer the whole address with `/.well-known/` in it?',
    answer:
      'No. The issuer is the part before `/.well-known/`, exactly as the document itself names it. The app appends the rest.',
    codes: ['config_invalid_issuer_url', 'discovery_http_error'],
  },
  {
    number: 10,
    kinds: ['discovery_request', 'discovery_response', 'keys_request', 'keys_response'],
    sees: 'The token endpoint allows this origin, and the description or the keys do not.',
    answer:
      'CORS is set for each endpoint. Ask the provider to allow reading both documents; they are public. Until then you can paste both on the Provider page: this tab uses them for eight hours.',
    codes: ['network_or_cors_blocked'],
  },
  {
    number: 11,
    kinds: ['discovery_request'],
    sees: 'A CORS error although the answer says `Access-Control-Allow-Origin: *`.',
    answer:
      'A request with cookies (`credentials: include`) may not be answered with a star. This app sends `credentials: omit` everywhere. Look for a wrapper around fetch that changes this.',
    codes: [],
  },
  {
    number: 12,
    kinds: ['authorization_request', 'sign_in_page'],
    sees: 'The provider shows an error about the redirect address, or you never come back.',
    answer:
      'Register exactly this: {{redirect_uri}}. A slash, the port, http or https, and 127.0.0.1 or localhost all count. A provider must not redirect to an address that it does not know, so the app can see nothing of it.',
    codes: ['authorization_abandoned', 'config_invalid_redirect_uri', 'silent_timeout', 'popup_timeout'],
  },
  {
    number: 13,
    kinds: ['authorization_request'],
    sees: 'The redirect address has a `#` in it (hash router).',
    answer:
      'A redirect address must not have a fragment (RFC 6749 §3.1.2). Use a real path for the callback, such as `/callback`.',
    codes: ['config_invalid_redirect_uri'],
  },
  {
    number: 14,
    kinds: ['pkce_created', 'pkce_compared', 'token_response'],
    sees: '`Invalid code_verifier`: which one goes where, and how is it encoded?',
    answer:
      'The verifier stays, the challenge travels. Hash the characters of the verifier and not its bytes before encoding, write the hash in base64url (- and _ in place of + and /), leave the padding = out, and use 43 to 128 characters. The Code tab recomputes it.',
    codes: ['invalid_grant'],
    words: /verifier|challenge|pkce/i,
  },
  {
    number: 15,
    kinds: ['authorization_request'],
    sees: '`code_challenge` was sent without `code_challenge_method`.',
    answer:
      'Then the provider takes it as plain (RFC 7636 §4.3) and compares the verifier itself with the challenge, which fails, or refuses at once. Always send S256.',
    codes: ['invalid_request', 'server_error'],
  },
  {
    number: 16,
    kinds: ['transaction_created', 'authorization_response_checked'],
    sees: 'Why PKCE, `state` and `nonce`? One random value should do.',
    answer:
      '`state`: checked by the app when the tab returns, against forged answers. PKCE: checked by the provider at the exchange, against stolen codes. `nonce`: checked by the app in the ID token, against codes from elsewhere. PKCE can stand in for `state` only where the provider is known to enforce it (RFC 9700 §2.1).',
    codes: [],
  },
  {
    number: 17,
    kinds: ['authorization_request', 'token_response'],
    sees: 'No ID token came.',
    answer: 'An ID token comes only when `openid` is among the scopes. This request asked for: {{scope}}.',
    codes: ['token_response_missing_id_token'],
  },
  {
    number: 18,
    kinds: ['authorization_response_checked'],
    sees: '`No matching state found in storage`.',
    answer:
      'This tab did not begin this sign-in, or has finished it. Five causes: another tab or browser, another origin (www, port, http or https), a reload or Back after it was used, a bookmark of the callback, or more than ten minutes. Start again; only a sign-in that is too old has a code of its own.',
    codes: [
      'auth_response_state_unknown',
      'auth_response_state_mismatch',
      'auth_response_already_used',
      'auth_response_transaction_expired',
    ],
  },
  {
    number: 19,
    kinds: ['authorization_response'],
    sees: 'A reload on the callback page breaks the sign-in.',
    answer:
      'The code was still in the address and was sent a second time. Take it out with `history.replaceState` at once. This app does so before it loads anything else.',
    codes: ['auth_response_already_used'],
  },
  {
    number: 20,
    kinds: ['authorization_response'],
    sees: 'The callback gives 404 on a static host.',
    answer:
      'The host has no file at that path. Let it answer unknown paths with `index.html`; the folders `public` and `deploy` hold the files for the usual hosts.',
    codes: [],
  },
  {
    number: 21,
    kinds: ['authorization_response'],
    sees: 'The sign-in window finishes and the app does not notice, or says that it was closed.',
    answer:
      'The provider sends Cross-Origin-Opener-Policy. That cuts the tie: `window.opener` is null, and the window looks closed at once. Our callback page therefore answers over a channel of our own origin, and a window that looks closed does not count as cancelled.',
    codes: ['popup_closed', 'popup_opener_severed', 'popup_timeout', 'popup_blocked'],
  },
  {
    number: 22,
    kinds: ['authorization_response', 'authorization_response_checked'],
    sees: 'The silent sign-in answers `login_required`, although you are signed in.',
    answer:
      'Your browser hid the provider’s cookie inside the frame; several browsers do that for all other sites. A redirect of the whole tab still works.',
    codes: [
      'login_required',
      'silent_interaction_required',
      'silent_third_party_cookies_blocked',
      'silent_timeout',
    ],
  },
  {
    number: 23,
    kinds: ['token_request', 'token_response'],
    sees: 'React: the exchange runs twice and the second gives `invalid_grant`.',
    answer:
      'StrictMode runs effects twice while developing, so the code was spent twice. Exchange it outside of effects, for example in a route loader. If this flow shows one token request, that is not your reason.',
    codes: [],
  },
  {
    number: 24,
    kinds: ['token_request', 'token_response'],
    sees: 'A CORS error appears only when the request is refused.',
    answer:
      'Some providers forget the CORS headers on their error answers (older Keycloak, for one). There is a readable reason, and your browser may not show it. The Code tab has the same request as cURL; mind that the code may be spent by now.',
    codes: ['network_or_cors_blocked'],
  },
  {
    number: 25,
    kinds: ['token_response', 'pkce_compared'],
    sees: '`invalid_grant`, and no reason why.',
    answer:
      'It stands for six things: the code was used, is too old (often 60 seconds), belongs to another client, the redirect address differs, the verifier is wrong, or the user was disabled. The lens knows the first five from this run: look at the number of token requests, the time between the lines, and the comparison of the hashes.',
    codes: ['invalid_grant'],
  },
  {
    number: 26,
    kinds: ['token_request'],
    sees: 'The token endpoint answers 405, 415 or `unsupported_grant_type`.',
    answer: 'It wants a POST with a form-encoded body: no GET, no JSON. The HTTP tab shows what was sent.',
    codes: ['unsupported_grant_type', 'token_http_error'],
  },
  {
    number: 27,
    kinds: ['token_response'],
    sees: 'Status 200, and no token (GitHub).',
    answer:
      'GitHub answers 200 with `error=bad_verification_code` in the body. A client must look for `error` before it trusts the status.',
    codes: ['bad_verification_code', 'token_response_missing_access_token', 'token_response_not_json'],
  },
  {
    number: 28,
    kinds: ['profile_request', 'api_request', 'access_token_checked'],
    sees: 'The API says that `aud` is invalid.',
    answer:
      'It probably got the ID token. Its `aud` is your app, so an API must refuse it. Send the access token.',
    codes: [],
  },
  {
    number: 29,
    kinds: ['token_response'],
    sees: 'A decoder calls the access token invalid.',
    answer:
      'Opaque on purpose; only the issuer reads it. Nothing is wrong with it. If your API needs a JWT, ask for a token for that API (`resource`, or `audience` at Auth0).',
    codes: [],
  },
  {
    number: 30,
    kinds: ['token_response', 'access_token_checked'],
    sees: 'A decoder says that the signature of a Microsoft Graph token is invalid.',
    answer:
      'Not yours to verify. Its header has a `nonce` that is hashed before signing, so only Graph can check it. A token for your own API has none.',
    codes: [],
  },
  {
    number: 31,
    kinds: ['id_token_checked'],
    sees: 'The ID token is issued in the future, or already expired.',
    answer:
      'Your clock and the provider’s differ. The Checks tab says how far each time is from now. Set the clock of this computer; the app allows one minute.',
    codes: [
      'id_token_issued_in_future',
      'id_token_expired',
      'id_token_not_yet_valid',
      'clock_skew_suspected',
    ],
  },
  {
    number: 32,
    kinds: ['token_response'],
    sees: 'No refresh token came.',
    answer:
      'Ask for `offline_access`, with `prompt=consent` where the provider follows OpenID Connect. Then look at the client: Auth0 needs rotation turned on, Google wants `access_type=offline`, others have a switch for the grant. Some give none to browser apps.',
    codes: ['refresh_token_missing'],
  },
  {
    number: 33,
    kinds: ['refresh_request', 'refresh_response'],
    sees: 'Two tabs, and suddenly everybody is signed out.',
    answer:
      'Both sent the same refresh token. With rotation the second use looks like a theft, and the provider ends the whole family. Take turns by a lock across tabs and read the store again after getting it. Here each tab keeps its own tokens in memory, so they share none.',
    codes: [],
  },
  {
    number: 34,
    kinds: ['end_session_request'],
    sees: 'The sign-out does not come back to the app.',
    answer:
      'Providers differ. Keycloak from 18 wants `id_token_hint` or `client_id`. Cognito wants `client_id` and `logout_uri`. Auth0’s older `/v2/logout` wants `returnTo`. And the address must be registered: {{post_logout_redirect_uri}}. A provider that shows "Not Found" or "Forbidden" takes no form (POST) here: `end_session_method: "get"` sends a link instead.',
    codes: ['logout_not_returned', 'logout_endpoint_missing'],
  },
  {
    number: null,
    kinds: ['api_response', 'profile_response'],
    sees: '`WWW-Authenticate` or `DPoP-Nonce` is there in the network panel and null in the script.',
    answer:
      'The server must name them in `Access-Control-Expose-Headers`. Without that the rest of the answer can be read, and these two cannot.',
    codes: ['cors_header_not_exposed', 'dpop_nonce_missing'],
  },
  {
    number: null,
    kinds: ['userinfo_request', 'userinfo_response'],
    sees: 'UserInfo fails with a CORS error, but only some time after the sign-in.',
    answer:
      'The token has expired, and this provider sends no CORS headers with its 401. Refresh and ask again.',
    codes: ['network_or_cors_blocked'],
  },
]

/** The points of this message: those that may fit its failure first. */
export function stuckPointsOf(
  message: Pick<Message, 'kind' | 'error'>,
): { readonly point: StuckPoint; readonly fits: boolean }[] {
  return stuckPoints
    .filter(point => point.kinds.includes(message.kind))
    .map(point => ({ point, fits: message.error !== null && fits(point, message.error) }))
    .sort((a, b) => Number(b.fits) - Number(a.fits))
}

function fits({ codes, words }: StuckPoint, error: OAuthErrorDetails): boolean {
  const failure = [error.code, error.protocolError, ...(error.hints ?? [])]
  const said = [error.protocolDescription, error.received].join(' ')
  return codes.some(code => failure.includes(code)) && (words?.test(said) ?? true)
}
