/** Where people would sign in, and whether those who say so may: the beginning of a mix-up (RFC 9700 §4.4). */
import { isLoopback } from '../oauth/client-config.ts'
import { sameSite } from './address.ts'
import type { Facts } from './facts.ts'

export interface SignInElsewhere {
  readonly page: URL
  readonly token: URL
}

/**
 * The sign-in page and the token endpoint, when the page is on a site of neither the issuer nor that endpoint; else
 * null. One of the two is enough. On the issuer's site (Google), that very site says where its codes go. Beside the
 * token endpoint (a pool of Cognito on its own domain), codes go back to where they come from.
 */
export async function signInElsewhere(facts: Facts): Promise<SignInElsewhere | null> {
  const page = await facts.address('authorization_endpoint')
  const token = await facts.address('token_endpoint')
  if (!page || !token || isOneSite(page, token) || isOneSite(page, new URL(facts.config.issuer))) return null
  return { page, token }
}

/** The names of this computer are one site. */
const isOneSite = (a: URL, b: URL) =>
  sameSite(a, b) !== 'cross' || (isLoopback(a.hostname) && isLoopback(b.hostname))
