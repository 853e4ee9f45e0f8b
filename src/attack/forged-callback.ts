/** A callback address that an attacker has put together, and what the app made of it. */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Bench } from './bench.ts'
import { notBlocked, type Outcome, ofError } from './verdict.ts'

/** The answer in `genuine`, moved to the app's own callback page, with another `state` or none. */
export function callbackWith({ ports }: Bench, genuine: string, { state }: { state: string | null }): string {
  const url = new URL(`${ports.basePath}callback`, ports.origin)
  for (const [name, value] of new URL(genuine).searchParams)
    if (name !== 'state') url.searchParams.set(name, value)
  if (state !== null) url.searchParams.set('state', state)
  return url.href
}

export function ofArrival(end: { signedIn: boolean; error: OAuthErrorDetails | null }): Outcome {
  if (end.signedIn) return notBlocked('signed_in')
  return ofError(
    new OAuthError(end.error ?? { code: 'unexpected', received: 'neither a session nor an error' }),
  )
}
