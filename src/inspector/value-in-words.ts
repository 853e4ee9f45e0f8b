/** What an actual value says in words: a length, a time, what scopes mean. Null when there is nothing to add. */
import { tokenTypeTexts } from '../explain/claims.ts'
import type { Place } from '../explain/notes.ts'
import { fixedValueTexts, otherScope, scopeTexts } from '../explain/parameters.ts'
import { parseRedacted } from '../trace/redact.ts'
import { isValueName } from '../trace/secret-places.ts'
import { calendarDay, relativeTime, spokenDuration, timeOfDay } from '../ui/format.ts'

const moments = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at', 'expires_at'])
const lives = new Set([
  'expires_in',
  'refresh_expires_in',
  'ext_expires_in',
  'refresh_token_expires_in',
  'max_age',
])
const daySeconds = 86_400

/** @param now wall clock, milliseconds; moments are told relative to it */
export function valueInWords(place: Place, name: string, value: string, now: number): string | null {
  if ((place === 'claim' || place === 'member') && moments.has(name)) return momentInWords(value, now)
  if (lives.has(name)) return /^\d{1,9}$/.test(value) ? spokenDuration(Number(value) * 1000) : null
  if (name === 'scope' || name === 'scp') return scopesInWords(value)
  if (place === 'jose' && name === 'typ')
    return tokenTypeTexts[value.toLowerCase().replace(/^application\//, '')] ?? null
  const fixed = Object.hasOwn(fixedValueTexts, name) ? fixedValueTexts[name] : undefined
  if (fixed !== undefined) return Object.hasOwn(fixed, value) ? (fixed[value] ?? null) : null
  // Where only the fingerprint was kept, the length is said in its place.
  if (isValueName(name) && value !== '')
    return parseRedacted(value) === null ? `${value.length} characters` : null
  return null
}

/** `openid: an ID token; email: the e-mail address`. */
function scopesInWords(value: string): string | null {
  const scopes = value.split(/\s+/).filter(scope => scope !== '')
  if (scopes.length === 0) return null
  return scopes
    .map(scope => `${scope}: ${Object.hasOwn(scopeTexts, scope) ? scopeTexts[scope] : otherScope}`)
    .join('; ')
}

function momentInWords(value: string, now: number): string | null {
  if (!/^-?\d{1,12}(\.\d+)?$/.test(value)) return null
  const at = Number(value) * 1000
  const date = Math.abs(at - now) < daySeconds * 1000 ? '' : `${calendarDay(at)}, `
  return `${date}${timeOfDay(at)}, ${relativeTime(at, now)}`
}
