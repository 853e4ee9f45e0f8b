/** The registered apps: public clients without a secret (RFC 6749 §2.1). */
import type { ClientMetadata } from 'oidc-provider'
import type { SigningAlg } from './keys.ts'
import { clientId, otherClientId } from './options.ts'
import type { Weaknesses } from './weaknesses.ts'

/** Redirect URIs of the app, compared character by character (RFC 9700 §2.1). */
function redirectUris(origins: Iterable<string>): string[] {
  return [...origins].flatMap(origin => [`${origin}/callback`, `${origin}/silent-callback.html`])
}

/** `pkce-lens`, and `pkce-lens-other` for the experiment "a code from another client". */
export function createClients(
  origins: ReadonlySet<string>,
  idTokenAlg: SigningAlg,
  weaknesses: Weaknesses,
): ClientMetadata[] {
  const implicit = weaknesses.has('implicit_allowed')
  const shared: Omit<ClientMetadata, 'client_id'> = {
    // A web app that uses the implicit grant may not be on localhost, says the library; a native one may.
    application_type: implicit ? 'native' : 'web',
    token_endpoint_auth_method: 'none',
    redirect_uris: redirectUris(origins),
    post_logout_redirect_uris: [...origins].map(origin => `${origin}/`),
    grant_types: [
      'authorization_code',
      'refresh_token',
      ...(implicit ? ['implicit'] : []),
      ...(weaknesses.has('password_grant_allowed') ? ['password'] : []),
    ],
    response_types: implicit ? ['code', 'id_token token'] : ['code'],
    id_token_signed_response_alg: idTokenAlg,
  }
  return [
    { ...shared, client_id: clientId, client_name: 'PKCE Lens' },
    { ...shared, client_id: otherClientId, client_name: 'Another app' },
  ]
}
