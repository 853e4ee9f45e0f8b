/** Act 6, Renew and end: a token expires, is replaced, is given back. Step 5 of the overview. */
import type { ActOf } from './explanation.ts'

export const renewAndEnd: ActOf<
  | 'refresh_request'
  | 'refresh_response'
  | 'revocation_request'
  | 'revocation_response'
  | 'end_session_request'
  | 'end_session_response'
> = {
  refresh_request: {
    title: 'Silent refresh',
    what: 'Shortly before the access token ends, the app hands in {{refresh_token}} and asks for a new set.',
    why: 'The person goes on working without another sign-in, and every access token can stay short-lived.',
    attack: 'Steal the refresh token and use it elsewhere.',
    defence:
      'A provider must rotate the refresh tokens of a browser app or bind them to a key, and must let them end. Rotation notices a theft when thief and app both use the token. A thief who waits until the app has stopped is not noticed, and script inside the page can always wait.',
    failure:
      'No answer: the session goes on while the access token lives, and the app tries again with growing pauses. `invalid_grant`: the token is used, revoked or too old, and a new sign-in is needed.',
    when: {
      dpop: 'It carries a proof made with the same key as before; with another key the refresh token is refused.',
      tampered: 'The request was edited before it was sent. What changed is marked.',
    },
    parameters: {
      grant_type: 'refresh_token: I bring a refresh token.',
      refresh_token: 'With rotation, spent by this request.',
      client_id: 'A public client has to name itself.',
      scope: 'Left out: the same as before. Never more than was granted.',
    },
    clauses: [
      {
        document: 'RFC 6749',
        section: '6',
        says: 'The refresh request, and that a new refresh token replaces the old one.',
      },
      { document: 'RFC 9700', section: '4.14.2', says: 'Rotate or bind; on reuse, revoke.' },
      {
        document: 'RFC 10017',
        section: '6.3.2.3',
        says: 'Refresh tokens in a browser: rotation or binding, and a limited life.',
      },
      {
        document: 'RFC 10017',
        section: '5.1.2',
        says: 'Why rotation does not stop script that stays in the page.',
      },
    ],
  },
  refresh_response: {
    title: 'New tokens',
    what: 'A new {{access_token}} arrives. When the provider rotates, a new {{refresh_token}} comes with it and the old one is spent.',
    why: 'Two parties cannot both use one rotated token without being noticed.',
    attack: 'Keep an old refresh token and try it later.',
    defence:
      'A provider that detects reuse then ends the whole family of tokens, and the person signs in again. That is detection after the fact and not prevention.',
    failure:
      '`invalid_grant`: the app asks once more in a hidden frame where it may, else the session ends with `session_expired`. If the new ID token names another person or issuer (`refresh_id_token_subject_changed`), the app signs out at once.',
    when: {
      refused:
        'The provider refused. After `invalid_grant` the app never sends that refresh token again; after 429 or a fault of the server it tries later.',
      tampered: 'The answer was edited before the app read it. What changed is marked.',
    },
    parameters: {
      access_token: 'The new key to the API.',
      refresh_token: 'The successor. Missing: the present one stays good.',
      id_token:
        'Not always there. Same issuer and same person as before, or it is refused. It needs no nonce.',
      expires_in: 'Life of the new access token in seconds.',
    },
    clauses: [
      { document: 'RFC 6749', section: '6', says: 'Without a new refresh token the present one stays.' },
      {
        document: 'OpenID Connect Core',
        section: '12.2',
        says: 'What must be the same in an ID token from a refresh.',
      },
      { document: 'RFC 9700', section: '4.14.2', says: 'Reuse detection.' },
    ],
  },
  revocation_request: {
    title: 'Give the token back',
    what: 'At sign-out the app asks the provider to end its token, so that nobody can use it later.',
    why: 'Forgetting a token does not end it. Revocation ends it at the provider.',
    attack: 'Use a token that was copied before the sign-out.',
    defence:
      'The refresh token ends at once. An access token that an API checks by itself may stay good until it expires, which is why it should be short-lived.',
    failure:
      'The provider is not reachable, or offers no CORS here: `revocation_failed`. The sign-out goes on; it waits two seconds for this at most.',
    parameters: {
      token: 'The token to end. The refresh token first, since access tokens usually fall with it.',
      token_type_hint: 'Helps the provider to find it. It may be ignored.',
      client_id: 'Only the client that got the token may end it.',
    },
    clauses: [
      {
        document: 'RFC 7009',
        section: '2.1',
        says: 'The request; the provider should end the other tokens of the grant too.',
      },
      { document: 'RFC 7009', section: '2.3', says: 'Cross-origin support is optional for the provider.' },
    ],
  },
  revocation_response: {
    title: 'Token ended',
    what: 'Status 200: the token is not good any more. The provider says the same for a token that it does not know.',
    why: 'An unknown token is already what the app wanted. A different answer would only help someone who tries tokens out.',
    attack: 'Learn from the answer whether a token is real.',
    defence: 'The answer is 200 either way.',
    instead: {
      refused: {
        title: 'Token not taken back',
        what: 'The provider did not take the token back. The sign-out goes on, and this app forgets the token in any case.',
        why: 'Nobody should stay signed in because a provider has a bad moment. So the sign-out waits two seconds for this answer at most.',
        attack: 'Use a copy of the token after the sign-out.',
        defence:
          'A copy stays good until the token ends by itself. That is why tokens should be short-lived.',
      },
      not_revocable: {
        title: 'A token that ends by itself',
        what: 'This token is checked by the API itself, so the provider cannot take it back. It ends when its time is over. The sign-out goes on, and this app forgets the token.',
        why: 'An API that checks the signature itself asks nobody, so it would not hear that a token was taken back. In return it answers faster.',
        attack: 'Use a copy of the token after the sign-out.',
        defence:
          'A copy stays good for the rest of its life, which is why such a token is short-lived. Once the refresh token is handed back, no new one follows it.',
      },
    },
    failure:
      '503: the token still works, try later. `unsupported_token_type`: this provider does not end that kind of token.',
    parameters: { 'Retry-After': 'How long to wait before the next try.' },
    clauses: [
      { document: 'RFC 7009', section: '2.2', says: '200 also for an invalid token; the body is ignored.' },
      { document: 'RFC 7009', section: '2.2.1', says: '503 means that the token still exists.' },
    ],
  },
  end_session_request: {
    title: 'Sign out at the provider',
    what: 'The app has forgotten its tokens. Now the tab goes to the provider once more, with {{id_token}} as a hint of whose session should end. By a link (GET) it goes without the hint, so that no token stands in an address.',
    why: 'The provider’s own session is a cookie that the app cannot touch. While it lives, the next sign-in would pass without a password.',
    attack: 'Sign somebody out against their will, or abuse the way back to lead them to another site.',
    defence:
      'The hint tells the provider who asks, and it can ask the person. The address for the way back must be registered, exactly.',
    failure:
      'The provider shows its own page and does not come back. Most often the return address is not registered, or the hint is missing: `logout_not_returned`.',
    parameters: {
      id_token_hint:
        'The last ID token. An expired one is fine. In a POST body it stays out of the address bar.',
      client_id: 'Needed when there is no hint.',
      post_logout_redirect_uri: 'Where to come back. Must equal a registered address.',
      state: 'Comes back with the tab. A new value, not the one from the sign-in.',
    },
    clauses: [
      {
        document: 'OpenID Connect RP-Initiated Logout',
        section: '2',
        says: 'The parameters; providers accept GET and POST.',
      },
      {
        document: 'OpenID Connect RP-Initiated Logout',
        section: '3',
        says: 'When the provider may send the person back.',
      },
      {
        document: 'OpenID Connect RP-Initiated Logout',
        section: '4',
        says: 'What the provider validates; on errors it stays on its page.',
      },
    ],
  },
  end_session_response: {
    title: 'Back, signed out',
    what: 'The tab is back. The app compares `state`, and shows that it is signed out in any case.',
    why: 'Here, signed out means: this app has no tokens any more. Coming back does not prove that the provider’s session ended, since the person may have declined.',
    attack: 'Send you a link that looks like the way back from a sign-out.',
    defence: 'A wrong or missing `state` is noted and changes nothing: there is nothing to gain.',
    failure:
      '`logout_state_mismatch` or `logout_state_missing`, both as a note. Tokens that were copied earlier are not ended by this; that is what revocation is for.',
    parameters: { state: 'Must equal the one that was sent to the sign-out.' },
    clauses: [
      {
        document: 'OpenID Connect RP-Initiated Logout',
        section: '2',
        says: 'The person may be asked, and may decline. `state` is passed back unchanged.',
      },
    ],
  },
}
