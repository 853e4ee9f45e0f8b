/** The documents that the explanations cite, with their official addresses. */

interface Document {
  readonly title: string
  /** Address of one section. */
  readonly address: (section: string) => string
}

const rfc = (number: number, title: string): Document => ({
  title,
  address: section => `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
})
const openid = (file: string, title: string): Document => ({
  title,
  address: section => `https://openid.net/specs/${file}.html#rfc.section.${section}`,
})

export const documents = {
  'RFC 6749': rfc(6749, 'The OAuth 2.0 Authorization Framework'),
  'RFC 6750': rfc(6750, 'OAuth 2.0 Bearer Token Usage'),
  'RFC 7009': rfc(7009, 'OAuth 2.0 Token Revocation'),
  'RFC 7517': rfc(7517, 'JSON Web Key (JWK)'),
  'RFC 7518': rfc(7518, 'JSON Web Algorithms (JWA)'),
  'RFC 7519': rfc(7519, 'JSON Web Token (JWT)'),
  'RFC 7636': rfc(7636, 'Proof Key for Code Exchange (PKCE)'),
  'RFC 7638': rfc(7638, 'JSON Web Key (JWK) Thumbprint'),
  'RFC 7662': rfc(7662, 'OAuth 2.0 Token Introspection'),
  'RFC 8414': rfc(8414, 'OAuth 2.0 Authorization Server Metadata'),
  'RFC 8707': rfc(8707, 'Resource Indicators for OAuth 2.0'),
  'RFC 8725': rfc(8725, 'JSON Web Token Best Current Practices'),
  'RFC 9068': rfc(9068, 'JSON Web Token Profile for OAuth 2.0 Access Tokens'),
  'RFC 9126': rfc(9126, 'OAuth 2.0 Pushed Authorization Requests'),
  'RFC 9207': rfc(9207, 'OAuth 2.0 Authorization Server Issuer Identification'),
  'RFC 9449': rfc(9449, 'OAuth 2.0 Demonstrating Proof of Possession (DPoP)'),
  'RFC 9470': rfc(9470, 'OAuth 2.0 Step Up Authentication Challenge Protocol'),
  'RFC 9700': rfc(9700, 'Best Current Practice for OAuth 2.0 Security'),
  'RFC 10017': rfc(10017, 'OAuth 2.0 for Browser-Based Applications'),
  'OpenID Connect Core': openid('openid-connect-core-1_0', 'OpenID Connect Core 1.0'),
  'OpenID Connect Discovery': openid('openid-connect-discovery-1_0', 'OpenID Connect Discovery 1.0'),
  'OpenID Connect RP-Initiated Logout': openid(
    'openid-connect-rpinitiated-1_0',
    'OpenID Connect RP-Initiated Logout 1.0',
  ),
} satisfies Record<string, Document>

export type DocumentName = keyof typeof documents

/** One place in a document and, in our own words, what stands there. */
export interface Clause {
  readonly document: DocumentName
  /** `4.1.3` */
  readonly section: string
  readonly says: string
}

export type Citation = Omit<Clause, 'says'>

/** The official address of a clause. */
export function clauseUrl(clause: Citation): string {
  return documents[clause.document].address(clause.section)
}

/**
 * Where a citation in one text, such as `RFC 9207 §2.4` or `OpenID Connect Core 1.0 §3.1.3.7`, leads.
 * Null when the document is not one that the lens cites.
 */
export function citationUrl(citation: string): string | null {
  const [name = '', rest = ''] = citation.split('§')
  const section = /^\d+(\.\d+)*/.exec(rest.trim())?.[0]
  const bare = name
    .trim()
    .replace(/ 1\.0$/, '')
    .replace(/^OIDC /, 'OpenID Connect ')
    .replace(/^OpenID RP-/, 'OpenID Connect RP-')
  const document = isDocument(bare) ? bare : null
  return document !== null && section !== undefined ? clauseUrl({ document, section }) : null
}

function isDocument(name: string): name is DocumentName {
  return Object.hasOwn(documents, name)
}
