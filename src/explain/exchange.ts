/** Act 4, Exchange: the code and the secret for the tokens. Step 3 of the overview. */
import type { ActOf } from './explanation.ts'

export const exchange: ActOf<'token_request' | 'pkce_compared' | 'token_response' | 'id_token_checked'> = {
  token_request: {
    title: 'Token request',
    what: 'The app hands in {{code}} together with {{code_verifier}}, in the body of a direct request that stands in no address bar.',
    why: 'Whoever holds the verifier must be the one who began the sign-in. Until now the verifier has not left this browser.',
    attack: 'Send a stolen code to the token endpoint first.',
    defence:
      'Who stole the code has seen the challenge at best, and cannot turn it back into the verifier. The request goes to the token endpoint of the issuer that was kept with this sign-in, never to another.',
    failure:
      'No readable answer: `network_or_cors_blocked`. A form POST without extra headers needs no permission in advance, so the provider may have acted on it although the answer stays hidden. The code counts as spent. Start again; the app does not send it once more.',
    when: {
      dpop: 'It carries a DPoP proof: a signature, made just now, over this method and this address. Because of that header the browser asks the provider for permission first.',
      tampered: 'The request was edited before it was sent. What changed is marked.',
    },
    parameters: {
      grant_type: 'authorization_code: I bring a code.',
      code: 'From the authorization response. Spent by this request, unless the provider only asks for a DPoP nonce.',
      redirect_uri:
        'Must equal the one in the authorization request. OAuth 2.1 will drop it; servers still ask for it.',
      client_id: 'Must be the client that the code was made for.',
      code_verifier: 'The secret itself, for the first time.',
      client_secret: 'Has no place in a browser: everyone could read it.',
      DPoP: 'The proof: method, address, time and a random id, signed with the key of this sign-in.',
    },
    clauses: [
      { document: 'RFC 6749', section: '4.1.3', says: 'The parameters, form-encoded in the body of a POST.' },
      { document: 'RFC 7636', section: '4.5', says: 'Adds the verifier.' },
      { document: 'RFC 6749', section: '3.2', says: 'TLS and POST for this endpoint.' },
      { document: 'RFC 9700', section: '4.4.2', says: 'To the issuer that was kept with the request.' },
      { document: 'RFC 9449', section: '5', says: 'The proof on a token request.' },
    ],
  },
  pkce_compared: {
    title: 'Hash and compare',
    what: 'The provider hashes {{code_verifier}} and compares the result with {{code_challenge}}, which it has kept since the authorization request.',
    why: 'Equal means: the one who asks for tokens is the one who began the sign-in. This is the whole of PKCE.',
    attack: 'Present a stolen code with an invented verifier, or with none.',
    defence:
      'The hashes differ, and the answer is `invalid_grant`. It binds the code to the browser that began. It says nothing about who that is, and does not help against script inside the page.',
    failure:
      '`invalid_grant`. The same code also stands for an old or used code, another redirect address, or another client, and the provider does not say which.',
    when: {
      tampered: 'The verifier was changed on the way, so its hash is not the kept challenge.',
      changed:
        'The hash of the changed verifier is not the challenge. The provider refused. Whether the code would still work is up to it; this app begins anew.',
      unequal:
        'The hash of this verifier is not the challenge. The provider refused. Whether the code would still work is up to it; this app begins anew.',
      refused:
        'The provider refused. Where the request left as the app made it, the figure above shows whether PKCE was the reason: the two texts must be equal. Where the challenge or its method was edited, equal texts prove nothing.',
    },
    parameters: {},
    clauses: [
      {
        document: 'RFC 7636',
        section: '4.6',
        says: 'Hash, encode, compare; if not equal, answer invalid_grant.',
      },
      { document: 'RFC 9700', section: '4.5.3.1', says: 'PKCE against injected codes.' },
      {
        document: 'RFC 9700',
        section: '4.8.2',
        says: 'No challenge at the start means: no verifier at the end.',
      },
    ],
  },
  token_response: {
    title: 'Token response',
    what: 'The tokens arrive: {{access_token}} opens the API, {{id_token}} says who signed in, and {{refresh_token}}, if the provider gave one, gets the next set.',
    why: 'They came in the body of an answer and stand in no address. The app keeps them in memory only, so closing the tab forgets them.',
    attack: 'Run script inside this page and read the tokens, or use them from here.',
    defence:
      'Memory leaves nothing on disk and ends with the tab. It does not stop script that runs in the page: that script can use the tokens, or get new ones by a silent sign-in. The defence is to let no foreign script in.',
    failure:
      'Status 400 with `error`, most often `invalid_grant`. With DPoP, `use_dpop_nonce` is no failure: the provider wants a value of its own in the proof, and the app asks once more. Or nothing readable, because the provider sends no CORS headers. Or a body that is not JSON: `token_response_not_json`.',
    when: {
      dpop: '`token_type` must be DPoP. An answer with Bearer would be weaker than what was asked, so the app refuses it: `token_type_downgraded`.',
      refused:
        'The provider refused. Its reason is in `error`, and its own words are in `error_description`.',
      tampered: 'The answer was edited before the app read it. What changed is marked.',
    },
    parameters: {
      access_token: 'Key to the API. Opaque to the app, whatever it looks like.',
      token_type: 'Bearer: who carries it may use it. DPoP: only together with a proof. Case does not count.',
      expires_in: 'Life of the access token in seconds. May be missing; then the app waits for a 401.',
      refresh_token: 'Gets the next access token without a new sign-in.',
      id_token: 'A signed statement about the person, for this app only. Not for an API.',
      scope: 'What was granted. Missing means: all that was asked.',
      error: 'Why there are no tokens.',
      error_description: 'The provider’s own words, shown as text.',
    },
    clauses: [
      {
        document: 'RFC 6749',
        section: '5.1',
        says: 'The members of a good answer, and Cache-Control: no-store.',
      },
      {
        document: 'RFC 6749',
        section: '5.2',
        says: 'The error codes; status 400, or 401 for invalid_client.',
      },
      {
        document: 'OpenID Connect Core',
        section: '3.1.3.3',
        says: 'With `openid`, an ID token is part of the answer.',
      },
      { document: 'RFC 10017', section: '5.1', says: 'What script inside the page can do, case by case.' },
      {
        document: 'RFC 10017',
        section: '6.3.4.3',
        says: 'Apps whose tokens live in the page are not for business or personal data that must not leak; there a backend keeps them.',
      },
      {
        document: 'RFC 10017',
        section: '8.4',
        says: 'Tokens in memory: what it gives and what it does not.',
      },
    ],
  },
  id_token_checked: {
    title: 'Check the ID token',
    what: 'The app verifies the signature of {{id_token}} with the provider’s public key and checks every claim, {{nonce}} among them. Until this has passed, no token is used.',
    why: 'The ID token is a statement about a person. The app believes it only if this provider signed it, for this app, for this sign-in.',
    attack:
      'Put in an old ID token, one made for another app, or one with `alg` none. Or inject a stolen code: the tokens that come back belong to another person.',
    defence:
      'The signature needs the provider’s key, and `aud` names this app. The nonce in the token is the one of this sign-in, so a code from elsewhere is noticed. In the code flow the signature check may be left to TLS; this app always does it.',
    failure:
      'A code that begins with `id_token_` names the check, for example `id_token_nonce_mismatch` or `id_token_expired`. All tokens of this answer are dropped.',
    instead: {
      renewed: {
        what: 'The app verifies the signature of {{id_token}} with the provider’s public key and checks every claim: the same person as before, from the same provider, for this app.',
        why: 'The ID token is a statement about a person. After a renewal it has to be about the one who signed in.',
        attack:
          'Answer the renewal with an ID token of another person, one made for another app, or one with `alg` none.',
        defence:
          'The signature needs the provider’s key, `aud` names this app, and `sub` has to be the person who signed in. After a renewal the nonce may be missing; when it is there, it is still the one of the sign-in.',
        failure:
          'A code that begins with `refresh_id_token_` or `id_token_` names the check. The session ends: nobody knows whose tokens these are.',
      },
    },
    parameters: {
      nonce: 'Must be the one that was sent with the authorization request.',
      at_hash: 'Left half of the hash of the access token: ties the two together.',
    },
    clauses: [
      { document: 'OpenID Connect Core', section: '3.1.3.7', says: 'The list of checks, in order.' },
      {
        document: 'OpenID Connect Core',
        section: '3.1.3.8',
        says: 'How `at_hash` is compared. Optional in this flow, done here.',
      },
      { document: 'OpenID Connect Core', section: '2', says: 'What each claim means.' },
      { document: 'RFC 8725', section: '3.1', says: 'The caller decides the algorithm.' },
      {
        document: 'RFC 9700',
        section: '4.5.3.2',
        says: 'A nonce counts only if it is checked before a token is used.',
      },
    ],
  },
}
