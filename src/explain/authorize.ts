/** Act 2, Authorize: the person goes to the provider and decides. Step 1 of the overview. */
import type { ActOf } from './explanation.ts'

export const authorize: ActOf<
  'par_request' | 'par_response' | 'authorization_request' | 'sign_in_page' | 'consent_given'
> = {
  par_request: {
    title: 'Hand in the request first',
    what: 'The app sends the whole authorization request to the provider in a direct call, {{code_challenge}}, {{state}} and {{nonce}} included.',
    why: 'The address bar then needs to carry only a reference. Nobody on the way can change the request, and the address stays short.',
    attack: 'Change the request in the address bar, for example the scope or the challenge.',
    defence:
      'The provider uses what was handed in. A public client gains integrity here. It does not prove who it is: everyone may push a request with a public client_id.',
    failure:
      'The provider refuses in JSON: `par_error`, often because the redirect address is not registered. An answer without `request_uri`: `par_response_invalid`.',
    parameters: {
      client_id: 'Needed here in every case: a public client has no other way to say who it is.',
      dpop_jkt: 'Thumbprint of the key that the code will be bound to.',
    },
    clauses: [
      {
        document: 'RFC 9126',
        section: '2.1',
        says: 'POST the parameters form-encoded; `request_uri` itself is not allowed.',
      },
      { document: 'RFC 9126', section: '5', says: 'A provider can require pushed requests.' },
      { document: 'RFC 9449', section: '10.1', says: 'How DPoP and pushed requests go together.' },
    ],
  },
  par_response: {
    title: 'A reference for the request',
    what: 'The provider keeps the request and gives a reference for it, `request_uri`, with a short life.',
    why: 'The reference takes the place of all parameters in the address bar.',
    attack: 'Guess a reference, or use one twice.',
    defence:
      'The reference must be hard to guess, is bound to the client, short-lived, and should work once.',
    failure:
      'Status 200 in place of 201, or no positive `expires_in`: `par_response_invalid`. Used too late: `par_request_uri_expired`.',
    parameters: {
      request_uri: 'The reference. Good for one use.',
      expires_in: 'Seconds until the reference is worthless.',
    },
    clauses: [
      {
        document: 'RFC 9126',
        section: '2.2',
        says: 'Status 201 with `request_uri` and a positive `expires_in`.',
      },
      {
        document: 'RFC 9126',
        section: '4',
        says: 'The authorization request then carries `client_id` and `request_uri`.',
      },
    ],
  },
  authorization_request: {
    title: 'Authorization request',
    what: 'The browser goes to the provider. The address bar carries {{code_challenge}}, {{state}} and {{nonce}} to the provider, and the provider keeps the challenge for later.',
    why: 'Only the provider may see the password, so the person has to go there. Whatever travels this way stands in the address bar, in the history and in logs. So it holds the hash and not the secret.',
    attack: 'Read this address, or change it: take the challenge out, or set the method to `plain`.',
    defence:
      'A challenge that was read is useless. With a changed one the app’s own exchange fails; but whoever changed it and also catches the code can redeem it, since PKCE protects from those who read the request and not from those who write it. Where it was taken out, a provider that follows RFC 9700 refuses the verifier. Other changes, such as another scope, PKCE does not notice. Handing the request in first (PAR) prevents all of them.',
    failure:
      'An unknown app or an address that is not registered never comes back: the provider must not redirect then, and shows a page of its own. Other refusals return to the app as `error`, for example `invalid_scope` or `unauthorized_client`.',
    when: {
      pushed:
        'This request was handed in before (PAR). The address bar carries only `client_id` and `request_uri`; the challenge and the marks went in the body of the earlier call.',
      silent: 'This one asks with `prompt=none`: the provider must answer at once, without asking anything.',
      frame:
        'It runs in a hidden frame. That works only where the browser shows the provider’s cookie inside the frame; a redirect of the whole tab works everywhere.',
      popup: 'It runs in a second window. The app stays open behind it.',
      tampered: 'The address was edited before it was sent. What changed is marked.',
    },
    parameters: {
      response_type: 'code: ask for a code, never for a token in the address bar.',
      client_id: 'The public name of this app. Not a secret.',
      redirect_uri:
        'Where the answer goes. Must equal a registered address, character by character: or a link with the address of somebody else would send them the code.',
      scope: 'What the app asks for. `openid` asks for an ID token; without it there is none.',
      state: 'Comes back in the answer, and the app compares.',
      nonce: 'Comes back inside the ID token, and the app compares.',
      code_challenge: 'The hash of the verifier. The provider keeps it until the exchange.',
      code_challenge_method: 'S256. Left out, it would mean plain.',
      prompt: 'none: answer without asking. login: ask again. consent: ask for agreement again.',
      request_uri: 'Reference to the request that was handed in before.',
      resource: 'The API that the token is for.',
    },
    clauses: [
      { document: 'RFC 6749', section: '4.1.1', says: 'The parameters of the request.' },
      { document: 'RFC 7636', section: '4.3', says: 'Adds the challenge. A missing method means plain.' },
      {
        document: 'OpenID Connect Core',
        section: '3.1.2.1',
        says: 'Adds `openid`, `nonce`, `prompt`, `max_age` and others.',
      },
      { document: 'RFC 9700', section: '4.8.2', says: 'How a provider stops a PKCE downgrade.' },
      {
        document: 'RFC 9700',
        section: '4.1.3',
        says: 'Redirect addresses are compared exactly, without patterns.',
      },
      { document: 'RFC 10017', section: '6.3.3.2.1', says: 'The same for browser apps.' },
    ],
  },
  sign_in_page: {
    title: 'The provider’s sign-in page',
    what: 'The provider shows its own page. When the whole tab went there, the app is not loaded now: its memory is gone, and only what it put into session storage waits for the return.',
    why: 'The password is typed on the provider’s origin. The app never sees it. That is the reason for the whole detour.',
    attack: 'Show a copy of this page, or put the real one in a frame under a decoy.',
    defence:
      'Look at the address bar before typing. Providers must prevent framing, usually by `frame-ancestors` or `X-Frame-Options`. A passkey does not work on a copy, because it is bound to the origin.',
    failure:
      'An error page and no way back: most often the redirect address is not registered exactly as sent ({{redirect_uri}}), or the client_id is unknown. The app cannot see that page. When you return without an answer it says `authorization_abandoned`.',
    when: {
      silent: 'There is no page this time: with `prompt=none` the provider must answer at once.',
    },
    parameters: {},
    clauses: [
      {
        document: 'RFC 6749',
        section: '3.1',
        says: 'The provider verifies who the person is; how, is its own matter.',
      },
      {
        document: 'RFC 6749',
        section: '4.1.2.1',
        says: 'With a bad redirect address or client, inform the person and do not redirect.',
      },
      { document: 'RFC 9700', section: '4.16', says: 'Clickjacking, and how a provider prevents it.' },
    ],
  },
  consent_given: {
    title: 'Sign in and agree',
    what: 'The person signs in and decides what this app may have. A provider may skip the question when it was answered before, or when an administrator answered it.',
    why: 'The page names the app and what it asks for, so the person decides what leaves the provider.',
    attack: 'Ask for more than needed, under a trustworthy name, and hope that nobody reads the page.',
    defence:
      'The person can refuse, and the provider can review apps. This app asks for the scopes in its configuration, and for those that you add yourself. Nothing technical protects someone who agrees to a hostile app.',
    instead: {
      refused: {
        title: 'Said no',
        what: 'The person, or a policy of the provider, did not agree. The provider shares nothing, and sends the browser back with `access_denied` in place of a code.',
        why: 'No is an answer like any other. The app has to take it calmly, and to offer another try.',
      },
    },
    failure: 'The person cancels, or a policy says no: the answer carries `access_denied`.',
    parameters: {},
    clauses: [
      {
        document: 'RFC 6749',
        section: '3.3',
        says: 'Scope says how much access; the provider may grant less.',
      },
      {
        document: 'OpenID Connect Core',
        section: '3.1.2.3',
        says: 'When the provider asks the person to sign in.',
      },
      {
        document: 'OpenID Connect Core',
        section: '3.1.2.4',
        says: 'The provider must obtain a decision before it releases data.',
      },
    ],
  },
}
