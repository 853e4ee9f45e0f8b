/** What a page cannot see of a provider, and why: stands in every report, so that silence is not taken for safety. */
export interface NotObservable {
  readonly what: string
  readonly why: string
}

export const notObservable: readonly NotObservable[] = [
  { what: 'TLS version, ciphers, certificate', why: 'The browser does not show them to scripts.' },
  {
    what: 'X-Frame-Options, CSP, HSTS, Referrer-Policy and cookie flags of the sign-in page',
    why: 'Headers of another origin are hidden, unless CORS exposes them. Look with curl, or at the page itself.',
  },
  { what: '302 or 307, and the hops inside a redirect', why: 'Navigations are opaque to scripts.' },
  {
    what: 'The text of the provider’s error page',
    why: 'It is a document of another origin. You have to say what you see.',
  },
  {
    what: 'What the server would say to another Origin',
    why: 'A script cannot choose the Origin header. It needs a second page on another origin.',
  },
  { what: 'http endpoints, from an https page', why: 'The browser blocks mixed content before it is sent.' },
  {
    what: 'Body and status of an error without CORS',
    why: 'The browser reports the same failure as without a network.',
  },
  { what: 'mTLS, private_key_jwt, introspection', why: 'They need credentials that a browser cannot keep.' },
  {
    what: 'Mix-up, counterfeit resource server',
    why: 'They need a server of the attacker. The experiment Mix-up shows the first by a changed iss.',
  },
  {
    what: 'Quality of the consent screen, clickjacking, resistance to phishing',
    why: 'A person has to look.',
  },
  { what: 'Tokens at rest, leaks into logs, guessing by device', why: 'It happens inside the server.' },
  {
    what: 'Races between several servers',
    why: 'One browser cannot choose which server gets its requests. Parallel requests only hint.',
  },
  {
    what: 'All leaks by referrer',
    why: 'Only document.referrer of our own callback can be seen, which shows what the last page let through.',
  },
]
