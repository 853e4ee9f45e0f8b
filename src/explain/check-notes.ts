/** Why a check warned although nothing is wrong, in a sentence. */
import type { Check } from '../oauth/step.ts'
import { scopeTexts } from './parameters.ts'

/** Null when the check says it all. */
export function noteOfCheck({ outcome, code, expected, received }: Check): string | null {
  if (outcome !== 'warning' || code !== 'token_scope_reduced') return null
  if (typeof expected !== 'string' || typeof received !== 'string') return null
  const granted = scopesIn(received)
  const missing = scopesIn(expected).filter(scope => !granted.includes(scope))
  const isAboutPerson = (scope: string) => Object.hasOwn(scopeTexts, scope)
  const forApi = missing.every(isAboutPerson) && !granted.every(isAboutPerson)
  if (missing.length === 0 || granted.length === 0) return null
  return forApi
    ? `This access token is for an API, so it names the scopes of that API. The person may have allowed the others too (${missing.join(', ')}): they are about the person and stand in the grant, not in this token.`
    : `The provider granted less than was asked. Missing: ${missing.join(', ')}.`
}

function scopesIn(text: string): string[] {
  return text.split(/\s+/).filter(scope => scope !== '')
}
