/** Act 1, Prepare: learn about the provider, make the secrets of this sign-in. */
import type { ActOf } from './explanation.ts'

export const prepare: ActOf<
  | 'discovery_request'
  | 'discovery_response'
  | 'keys_request'
  | 'keys_response'
  | 'pkce_created'
  | 'transaction_created'
  | 'dpop_key_created'
> = {
  discovery_request: {
    title: 'Ask the provider about itself',
    what: 'The app fetches one public document from the provider. It lists the addresses to use, what the provider supports, and where its keys are.',
    why: 'With this document the app needs a single setting, the issuer. Every other address comes from the provider, so nobody can type one wrong.',
    attack: 'Point the app at a look-alike provider, so that codes and tokens end up at its token endpoint.',
    defence:
      'The issuer comes from the configuration. An issuer that stands in a link is used only after you agree. The request goes over https, except on this computer, and carries no cookie.',
    failure:
      'The page can read nothing: the provider does not allow this origin (CORS), is not reachable, or the address is wrong. The code is `discovery_fetch_failed`, or `discovery_http_error` when it answered with something else than 200.',
    parameters: { Accept: 'The app asks for JSON.' },
    clauses: [
      {
        document: 'OpenID Connect Discovery',
        section: '4.1',
        says: 'Take the issuer, drop one slash at its end, append /.well-known/openid-configuration.',
      },
      {
        document: 'RFC 8414',
        section: '3.1',
        says: 'Plain OAuth puts its well-known part between host and path instead.',
      },
      {
        document: 'RFC 10017',
        section: '6.3.3.4',
        says: 'The authorization server must let browser apps read its endpoints across origins.',
      },
    ],
  },
  discovery_response: {
    title: 'What the provider says about itself',
    what: 'The provider answers with its description: where the tab must go, where codes are exchanged, where its keys are, and which methods it supports.',
    why: 'The app compares the `issuer` inside with the one it asked for, character by character. Only then does it use an address from the document.',
    attack:
      'Publish a document under one name that claims to be another issuer, or hide one hostile address in a list that is otherwise honest.',
    defence:
      'A different issuer stops everything, and even one slash counts. Every address must be https, except on this computer. The issuer is kept with the sign-in, and the answer is held against it later.',
    failure:
      'The names differ: `discovery_issuer_mismatch`. A web page came instead of JSON: `discovery_not_json`. The listed methods lack S256: `discovery_pkce_s256_unsupported`. In each case nothing more is sent.',
    parameters: {
      issuer: 'The provider’s name for itself. It must equal the configured issuer, character by character.',
      code_challenge_methods_supported:
        'Must list S256. When the list is missing, the RFC reads that as no PKCE; some providers support it and do not say so, so the app sends it all the same and warns.',
      token_endpoint_auth_methods_supported:
        'A browser app needs none here. When the list is missing, it means client_secret_basic.',
      authorization_response_iss_parameter_supported:
        'True: the answer must name its issuer, and an answer without `iss` is refused.',
    },
    clauses: [
      {
        document: 'OpenID Connect Discovery',
        section: '4.3',
        says: 'The issuer in the document must be identical to the one the address was built from.',
      },
      { document: 'RFC 8414', section: '3.3', says: 'If they differ, nothing in the document may be used.' },
      {
        document: 'RFC 8414',
        section: '2',
        says: 'Lists every member and what it means when one is missing.',
      },
      {
        document: 'RFC 9207',
        section: '3',
        says: 'How a provider announces that its answers carry `iss`.',
      },
    ],
  },
  keys_request: {
    title: 'Ask for the public keys',
    what: 'The app fetches the provider’s public keys. The first time it does so right after the description, before you click if there is time; at the return beside the token request, so that nobody waits for it.',
    why: 'The ID token is signed. Only the public key of this provider can tell whether the signature is real.',
    attack: 'Make the app take a key from somewhere else, for example from an address inside the token.',
    defence:
      'The address is `jwks_uri` of the checked description, and no other. Addresses and keys inside a token are not looked at.',
    failure:
      'No answer that the page may read: `jwks_fetch_failed`. Before the redirect the sign-in stops, because an ID token that cannot be checked is not used. At the return the app goes on with the keys that it kept.',
    parameters: { Accept: 'The app asks for JSON.' },
    clauses: [
      {
        document: 'OpenID Connect Core',
        section: '10.1.1',
        says: 'Keys change. An unknown key name means: fetch the list again.',
      },
      { document: 'RFC 8414', section: '2', says: '`jwks_uri` is where the keys are published.' },
    ],
  },
  keys_response: {
    title: 'The public keys',
    what: 'A list of public keys arrives. Each has a name, `kid`; the header of the ID token says which one signed it.',
    why: 'A public key can check a signature and cannot make one. So the list may be read by everybody.',
    attack:
      'Put a symmetric key in the list, or have a token accepted that is signed with the public key as if it were a password.',
    defence:
      'The app uses public RSA and elliptic keys only, and takes the algorithm from a fixed list, never from the token alone. A name that is not in the list leads to one more fetch, then to a refusal.',
    failure:
      'A private part in the list is a warning, and `jwks_invalid` when it belongs to the very key that is needed; a token signed by a key that is not here gives `jwks_key_not_found`.',
    parameters: {
      keys: 'The list. Members that the app does not know are ignored.',
      kid: 'The name of the key. The ID token’s header repeats it.',
      use: '`sig` means: for signatures.',
      kty: 'The family of the key: RSA, EC or OKP.',
      alg: 'The one algorithm this key is meant for.',
      n: 'The RSA modulus, a public number.',
      e: 'The RSA exponent, a public number.',
      crv: 'The curve of an elliptic key.',
      x: 'The public key itself: the first coordinate of its point on the curve.',
      y: 'The public key itself: the second coordinate of its point on the curve.',
      key_ops: 'What the key may be used for.',
      x5c: 'A certificate of the key. Not needed here.',
      x5t: 'Thumbprint of that certificate.',
      'x5t#S256': 'Thumbprint of that certificate, by SHA-256.',
    },
    clauses: [
      {
        document: 'RFC 7517',
        section: '5',
        says: 'The form of a key set. Keys that are not understood are ignored.',
      },
      {
        document: 'OpenID Connect Core',
        section: '10.1.1',
        says: 'How a provider rotates its signing keys.',
      },
      { document: 'RFC 8725', section: '3.1', says: 'Algorithm and key must fit, and the caller chooses.' },
    ],
  },
  pkce_created: {
    title: 'Make a secret',
    what: 'The app draws 32 random bytes and writes them as text: {{code_verifier}}. It hashes that text with SHA-256 and writes the hash as {{code_challenge}}.',
    why: 'A browser app cannot keep a password of its own, because everyone can read its files. So it makes a new secret for each sign-in. It shows only the hash when it asks, and the secret itself when it collects. This is PKCE, Proof Key for Code Exchange.',
    attack: 'Read the challenge in the address bar and work back to the verifier.',
    defence:
      'SHA-256 has no way back, and 256 random bits cannot be guessed. PKCE protects the code on its way. It does not protect the page: script that runs inside this page can read the verifier, or begin a sign-in of its own.',
    failure:
      'On plain http, except on this computer, the browser hides the functions for hashing: `insecure_context`. The app never falls back to `plain` or to no PKCE.',
    parameters: {
      code_verifier: 'The secret. It stays in this browser until the token request.',
      code_challenge:
        'Base64url of the SHA-256 of the verifier’s characters, without padding. Anyone may see it.',
      code_challenge_method: 'S256: the challenge is a hash. Leaving this out would mean plain.',
    },
    clauses: [
      {
        document: 'RFC 7636',
        section: '4.1',
        says: '43 to 128 characters from A-Z a-z 0-9 - . _ ~, hard to guess.',
      },
      {
        document: 'RFC 7636',
        section: '4.2',
        says: 'How S256 makes the challenge. A client that can do S256 must use it.',
      },
      { document: 'RFC 7636', section: '7.1', says: 'Why 32 random bytes are advised.' },
      {
        document: 'RFC 9700',
        section: '2.1.1',
        says: 'Public clients must use PKCE; the challenge is new for each sign-in.',
      },
      {
        document: 'RFC 10017',
        section: '6.3.2.1',
        says: 'For apps in a browser the provider must enforce it.',
      },
    ],
  },
  transaction_created: {
    title: 'Make two marks',
    what: 'Two more random values. {{state}} will come back through the address bar, {{nonce}} inside the ID token. The app keeps both, with the verifier and the issuer, for ten minutes and one use: in this tab’s session storage where the tab leaves, in memory where a frame or a window goes in its place.',
    why: 'When the tab leaves, the app’s memory ends. The marks tie the answer to this very request: `state` ties the redirect, `nonce` ties the ID token.',
    attack:
      'Begin a sign-in as the attacker and make your browser finish it (CSRF), so that you work in the attacker’s account without noticing.',
    defence:
      'An answer whose `state` is not kept in this tab is dropped before any request is made. PKCE and `nonce` notice it too, PKCE if the provider enforces it. The page to return to is kept here, not in `state`, and must be on this origin.',
    failure:
      'The browser refuses session storage (blocked site data): `storage_unavailable`. Without a kept record there would be nothing to compare with.',
    parameters: {
      state: 'A random text without meaning. Checked by the app when the tab returns.',
      nonce: 'A random text. Checked by the app in the ID token. It is not the DPoP nonce.',
      return_to: 'The page on this origin where you will land.',
      expires_at: 'After this moment an answer is refused.',
    },
    clauses: [
      {
        document: 'RFC 6749',
        section: '10.12',
        says: 'The redirect must be protected against forgery; `state` does that.',
      },
      {
        document: 'RFC 9700',
        section: '2.1',
        says: 'One of three is required: PKCE, `nonce`, or a one-time `state`. This app uses all three.',
      },
      {
        document: 'RFC 9700',
        section: '4.4.2',
        says: 'The issuer is kept with the request, against mix-up.',
      },
      { document: 'OpenID Connect Core', section: '15.5.2', says: 'How to make and keep a nonce.' },
    ],
  },
  dpop_key_created: {
    title: 'Make a key for this sign-in',
    what: 'The app makes a key pair in the browser. The private half cannot be exported. The public half is named by its thumbprint.',
    why: 'With DPoP a token works only together with a fresh signature made by this key. A token that was copied alone opens nothing.',
    attack: 'Copy the access token and use it on another machine.',
    defence:
      'Without the private key there is no valid proof. DPoP has limits: script inside this page can use the key while the page is open, and can run a silent sign-in of its own with a key of its own.',
    failure:
      'The key is gone when the tab returns: `dpop_key_unavailable`. The browser could not keep it: `dpop_key_storage_failed`, a warning. With the warning the code is not bound to the key, and the tokens are bound to one that is made when they are asked for.',
    parameters: {
      dpop_jkt: 'The thumbprint: SHA-256 of the public key in a fixed form.',
      alg: 'The algorithm of the proofs, for example ES256.',
    },
    clauses: [
      { document: 'RFC 9449', section: '10', says: '`dpop_jkt` binds the authorization code to this key.' },
      {
        document: 'RFC 9449',
        section: '11.4',
        says: 'Keep the private key from being exported; what script can still do.',
      },
      { document: 'RFC 7638', section: '3', says: 'How the thumbprint is computed.' },
      {
        document: 'RFC 10017',
        section: '5.1.3',
        says: 'New tokens by a silent sign-in: DPoP does not stop that.',
      },
    ],
  },
}
