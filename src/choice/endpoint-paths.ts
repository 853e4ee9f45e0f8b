/** Paths of endpoints that people paste in place of the issuer, and what of the path belongs to the issuer. */

const verbs = 'authorize|authorization|auth|token|userinfo|me|logout|jwks|keys|certs|introspect|revoke'

const rules: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`/protocol/openid-connect/(${verbs})$`), ''],
  [new RegExp(`/oauth2/v2\\.0/(${verbs})$`), '/v2.0'],
  [new RegExp(`^/oauth2/v1/(${verbs})$`), ''],
  [new RegExp(`^(/oauth2/[^/]+)/v1/(${verbs})$`), '$1'],
  [new RegExp(`/oauth/v2/(${verbs})$`), ''],
  [new RegExp(`/api/oidc/(${verbs})$`), ''],
  [new RegExp(`/as/(${verbs})$`), '/as'],
  [new RegExp(`/oidc/(${verbs})$`), '/oidc'],
  [new RegExp(`/oauth2?/(${verbs})$`), ''],
  [/^\/(authorize|token|userinfo|jwks|me)$/, ''],
]

/**
 * @param path pathname of a URL, without a trailing slash
 * @returns the path of the issuer, or null when the path is none of an endpoint
 */
export function issuerPathOf(path: string): string | null {
  for (const [rule, replacement] of rules) if (rule.test(path)) return path.replace(rule, replacement)
  return null
}

/** authentik has one authorization endpoint for all applications, so the issuer cannot be told from it. */
export const sharedEndpoint = new RegExp(`/application/o/(${verbs})$`)
