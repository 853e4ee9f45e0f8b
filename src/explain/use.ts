/** Act 5, Use: the access token opens the API. Step 4 of the overview. */
import type { ActOf } from './explanation.ts'

const bearerAttack = 'Take the access token out of a log or a hostile API and use it somewhere else.'
const bearerDefence =
  'It should be short-lived, made for one API and limited by its scope; that is up to the provider. The app sends it only to origins that it knows. Within these limits a bearer token works for whoever carries it. DPoP ends that: the token then needs a fresh proof.'

export const use: ActOf<
  | 'userinfo_request'
  | 'userinfo_response'
  | 'profile_request'
  | 'profile_response'
  | 'api_request'
  | 'api_response'
  | 'access_token_checked'
> = {
  userinfo_request: {
    title: 'Ask who the person is',
    what: 'The app asks the provider’s UserInfo endpoint about the person and shows {{access_token}} in the Authorization header.',
    why: 'The ID token holds little. Name, e-mail and picture are often given only here.',
    attack: bearerAttack,
    defence: bearerDefence,
    failure:
      '401: the app refreshes once and asks once more, then stops with `resource_unauthorized`. No readable answer: `userinfo_request_failed`. Some providers send no CORS headers when the token has expired, so that an expiry looks like a network fault.',
    when: { dpop: 'The header says DPoP in place of Bearer, and a proof for this request goes with it.' },
    parameters: {
      Authorization: 'The access token, in a header and never in the address.',
      DPoP: 'The proof for this one request, with the hash of the token in it (`ath`).',
    },
    clauses: [
      {
        document: 'OpenID Connect Core',
        section: '5.3.1',
        says: 'GET or POST with the access token, preferably GET with a header.',
      },
      { document: 'RFC 6750', section: '2.1', says: 'The Authorization header.' },
    ],
  },
  userinfo_response: {
    title: 'Who the person is',
    what: 'The claims arrive as JSON. The app first compares `sub` with the one in {{id_token}}, and uses nothing if they differ.',
    why: 'Two sources must speak of one person. The key of a person is `iss` and `sub` together, never the e-mail address.',
    attack: 'Swap the access token, so that the answer is about someone else.',
    defence: '`sub` differs, and the whole answer is dropped.',
    failure:
      '`userinfo_sub_mismatch` or `userinfo_sub_missing`. A signed answer (application/jwt) is not used here: `userinfo_jwt_unsupported`.',
    parameters: { sub: 'Must be exactly the `sub` of the ID token.' },
    clauses: [
      {
        document: 'OpenID Connect Core',
        section: '5.3.2',
        says: '`sub` must be there and must match, else nothing may be used.',
      },
      { document: 'OpenID Connect Core', section: '5.1', says: 'The standard claims.' },
      {
        document: 'OpenID Connect Core',
        section: '5.7',
        says: 'Only `iss` and `sub` together name a person for good.',
      },
    ],
  },
  profile_request: {
    title: 'Profile request',
    what: 'The app asks for the profile and shows {{access_token}} in the Authorization header.',
    why: 'A bearer token works like a train ticket: who carries it may ride. So it should be short-lived and made for one API.',
    attack: bearerAttack,
    defence: bearerDefence,
    failure:
      '401 when the token is expired, revoked or made for another API. 403 when it lacks a scope. No readable answer when the API does not allow this origin.',
    when: {
      dpop: 'The header says DPoP in place of Bearer, and a proof for this request goes with it.',
      tampered: 'The request was edited before it was sent. What changed is marked.',
    },
    parameters: {
      Authorization: 'The access token, in a header and never in the address.',
      DPoP: 'The proof for this one request, with the hash of the token in it (`ath`).',
    },
    clauses: [
      { document: 'RFC 6750', section: '2.1', says: 'The Authorization header.' },
      { document: 'RFC 9700', section: '4.3.2', says: 'No token in an address.' },
      { document: 'RFC 9700', section: '4.10.1', says: 'Tokens that work only for who holds a key.' },
      { document: 'RFC 9449', section: '7.1', says: 'The DPoP scheme.' },
    ],
  },
  profile_response: {
    title: 'Profile response',
    what: 'The profile arrives as JSON. The app compares its `sub`, if it has one, with that of {{id_token}}, and then shows it.',
    why: 'Two sources, one person. A different `sub` would mean that the answers were mixed up.',
    attack: 'Answer with somebody else’s data, or send text that is meant to run as script.',
    defence: '`sub` would differ. Everything from outside is shown as text and never as markup.',
    failure:
      '401 `invalid_token`: the app refreshes once and asks once more, then stops with `resource_unauthorized`. 403 `insufficient_scope`: the missing scope is named.',
    parameters: {
      sub: 'Must be the `sub` of the ID token. UserInfo always has it; an API of your own may leave it out.',
    },
    clauses: [
      { document: 'RFC 6750', section: '3', says: 'What a refusal says in WWW-Authenticate.' },
      { document: 'RFC 6750', section: '3.1', says: 'invalid_request, invalid_token, insufficient_scope.' },
      {
        document: 'OpenID Connect Core',
        section: '5.3.2',
        says: 'The same comparison of `sub` when the profile is UserInfo.',
      },
    ],
  },
  api_request: {
    title: 'API request',
    what: 'The app calls an API and shows {{access_token}} in the Authorization header.',
    why: 'The token says what this app may do there. The password was never needed.',
    attack: bearerAttack,
    defence: bearerDefence,
    failure:
      '`resource_origin_not_allowed` when the address is not on the list: then nothing was sent. Otherwise as the API answers.',
    when: {
      dpop: 'The header says DPoP in place of Bearer, and a proof for this request goes with it.',
      tampered: 'The request was edited before it was sent. What changed is marked.',
    },
    parameters: {
      Authorization: 'The access token. An ID token has no place here.',
      DPoP: 'The proof for this one request, with the hash of the token in it (`ath`).',
    },
    clauses: [
      { document: 'RFC 6750', section: '2.1', says: 'The Authorization header.' },
      { document: 'RFC 9700', section: '4.9', says: 'What a hostile or hacked API can do with a token.' },
      { document: 'RFC 8707', section: '2', says: 'How to ask for a token for one API.' },
    ],
  },
  api_response: {
    title: 'API response',
    what: 'The API answers. On a 401 the app refreshes once and asks once more; on a 403 it does not.',
    why: '401 mostly means that the token is not good, and a new one may be. 403 means that it does not suffice: where a scope is missing, a new consent helps; where the API has another reason, nothing here does.',
    attack: 'Answer 401 for ever, to make the app loop.',
    defence: 'One refresh and one repeat, then the app stops.',
    failure:
      '`resource_unauthorized`, `resource_insufficient_scope`, or `resource_step_up_required` when the API wants a stronger or newer sign-in.',
    parameters: {
      'WWW-Authenticate': 'Says why. Script sees it only if the API exposes it.',
      'DPoP-Nonce': 'A value for the next proof. Script sees it only if the API exposes it.',
    },
    clauses: [
      { document: 'RFC 6750', section: '3.1', says: 'What each error asks of the client.' },
      { document: 'RFC 9470', section: '3', says: 'Step-up: sign in again with `acr_values` or `max_age`.' },
      { document: 'RFC 9449', section: '9', says: 'Nonces that an API asks for.' },
    ],
  },
  access_token_checked: {
    title: 'Check the token',
    what: 'The API checks {{access_token}}: who made it, for whom, until when, with which scope. If the token is a JWT it can verify the signature itself. If not, it asks the provider.',
    why: 'Only the API and the provider have to understand the token. For the app it is a text to pass on.',
    attack: 'Present a token that was made for another API, or one with too few scopes.',
    defence: 'The audience is wrong and the answer is 401, or the scope does not suffice and it is 403.',
    failure:
      'A 401 that you cannot explain: compare `aud` in the token with the API that you call. An ID token has to fail here, because its `aud` is the app.',
    when: {
      dpop: 'The API also checks the proof: the key, the method, the address, the time, and the hash of the token.',
    },
    parameters: {},
    clauses: [
      { document: 'RFC 9068', section: '4', says: 'How an API validates a JWT access token.' },
      { document: 'RFC 7662', section: '2', says: 'How an API asks about a token that it cannot read.' },
      { document: 'RFC 6750', section: '3.1', says: 'How it refuses.' },
    ],
  },
}
