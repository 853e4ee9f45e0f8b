/** What can be run for a message that is no request: making, hashing, comparing, checking. */
import type { MessageKind } from '../sequence/message.ts'

export interface Recipe {
  readonly shell?: string
  readonly script?: string
  readonly variables: readonly string[]
  /** What only the script needs besides. */
  readonly scriptVariables?: readonly string[]
}

/** The challenge of a verifier, as a shell computes it. */
export const hashLine =
  'printf %s "$code_verifier" | openssl dgst -sha256 -binary | basenc --base64url | tr -d ='

const hashScript = `const digest = await crypto.subtle.digest(
  'SHA-256', new TextEncoder().encode(code_verifier))
const code_challenge = base64url(new Uint8Array(digest))`

const base64url = `const base64url = bytes =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')`

const verifyIdToken = `import { createRemoteJWKSet, jwtVerify } from 'jose'

const keys = createRemoteJWKSet(new URL(metadata.jwks_uri))
const { payload } = await jwtVerify(id_token, keys, {
  issuer: metadata.issuer,
  audience: client_id,
  algorithms: ['RS256', 'ES256'],
})`

/** For the ID token of a refresh, which may come without the nonce. */
export const renewedIdToken: Recipe = {
  script: `${verifyIdToken}
if (payload.sub !== kept.sub) throw new Error('another person')
if ((payload.nonce ?? kept.nonce) !== kept.nonce) throw new Error('nonce differs')`,
  variables: ['id_token', 'metadata', 'client_id', 'kept'],
}

/** Requests have their own code, see `request-code.ts`. */
export const recipes: Readonly<Partial<Record<MessageKind, Recipe>>> = {
  pkce_created: {
    shell: `code_verifier=$(openssl rand 32 | basenc --base64url | tr -d =)
code_challenge=$(${hashLine})
echo "$code_challenge"`,
    script: `${base64url}

const code_verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))

${hashScript}`,
    variables: [],
  },
  transaction_created: {
    shell: `state=$(openssl rand 32 | basenc --base64url | tr -d =)
nonce=$(openssl rand 32 | basenc --base64url | tr -d =)`,
    script: `${base64url}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))
const state = random()
const nonce = random()`,
    variables: [],
  },
  dpop_key_created: {
    script: `const { publicKey, privateKey } = await crypto.subtle.generateKey(
  { name: 'ECDSA', namedCurve: 'P-256' },
  false, // the private key cannot be exported
  ['sign'])`,
    variables: [],
  },
  authorization_response: {
    script: `const answer = new URLSearchParams(location.search)
history.replaceState(null, '', location.pathname)
const code = answer.get('code')
const state = answer.get('state')
const iss = answer.get('iss')`,
    variables: [],
  },
  authorization_response_checked: {
    script: `if (answer.getAll('state').length !== 1) throw new Error('state missing or doubled')
if (answer.get('state') !== kept.state) throw new Error('state differs')
if (answer.has('iss') && answer.get('iss') !== kept.issuer) throw new Error('issuer differs')
if (answer.has('error')) throw new Error(answer.get('error'))`,
    variables: ['answer', 'kept'],
  },
  pkce_compared: {
    shell: hashLine,
    script: `// What the provider runs:
${base64url}

${hashScript}
if (code_challenge !== kept_challenge) throw new Error('invalid_grant')`,
    variables: ['code_verifier'],
    scriptVariables: ['kept_challenge'],
  },
  id_token_checked: {
    script: `${verifyIdToken}
if (payload.nonce !== kept.nonce) throw new Error('nonce differs')`,
    variables: ['id_token', 'metadata', 'client_id', 'kept'],
  },
  access_token_checked: {
    script: `// What an API runs when its tokens are JWTs (RFC 9068):
import { createRemoteJWKSet, jwtVerify } from 'jose'

const keys = createRemoteJWKSet(new URL(metadata.jwks_uri))
const { payload } = await jwtVerify(access_token, keys, {
  issuer: metadata.issuer,
  audience: api_identifier,
  typ: 'at+jwt',
})`,
    variables: ['access_token', 'metadata', 'api_identifier'],
  },
  end_session_response: {
    script: `const answer = new URLSearchParams(location.search)
const note = answer.get('state') === kept.state ? null : 'state differs'`,
    variables: ['kept'],
  },
}

const codeOnce =
  'A code works once. Running this line again gives invalid_grant, and the provider may end the tokens of the first run.'
const refreshOnce =
  'With rotation a refresh token works once. Running this line spends it, and a spent one can end the session.'

/** What a second run of a request does, where it is not the same as the first. */
export const runOnce: Readonly<Partial<Record<MessageKind, string>>> = {
  token_request: codeOnce,
  token_response: codeOnce,
  refresh_request: refreshOnce,
  refresh_response: refreshOnce,
}
