/** Reads a token for showing. Nothing here checks a signature. */
import { base64url } from 'jose'
import type { Check } from '../oauth/step.ts'
import type { Carried, Message } from '../sequence/message.ts'

export interface TokenPart {
  /** The base64url text of the part. */
  readonly raw: string
  /** Its members in order; texts as they are, everything else as JSON. */
  readonly members: readonly { readonly name: string; readonly value: string }[]
}

export type DecodedToken =
  | {
      readonly type: 'jwt'
      readonly header: TokenPart
      readonly payload: TokenPart
      readonly signature: string
    }
  | { readonly type: 'encrypted'; readonly header: TokenPart }
  | { readonly type: 'opaque' }

/** Takes a compact JWT apart; a text of any other form is opaque. */
export function decodeToken(text: string): DecodedToken {
  const parts = text.split('.')
  const header = partOf(parts[0])
  if (header === null || !header.members.some(({ name }) => name === 'alg')) return { type: 'opaque' }
  if (parts.length === 5) return { type: 'encrypted', header }
  const payload = parts.length === 3 ? partOf(parts[1]) : null
  if (payload === null) return { type: 'opaque' }
  return { type: 'jwt', header, payload, signature: parts[2] ?? '' }
}

/** One member of a decoded part; null when it is not there. */
export function memberOf(part: TokenPart, name: string): string | null {
  return part.members.find(member => member.name === name)?.value ?? null
}

/** Its own header says that nobody signed it (RFC 7519 §6), or nothing stands where a signature would. */
export function isUnsigned(token: DecodedToken): boolean {
  if (token.type !== 'jwt') return false
  return token.signature === '' || memberOf(token.header, 'alg')?.toLowerCase() === 'none'
}

function partOf(raw: string | undefined): TokenPart | null {
  if (raw === undefined || raw === '' || !/^[\w-]+$/.test(raw)) return null
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(raw)))
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    const members = Object.entries(read).map(([name, value]: [string, unknown]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }))
    return { raw, members }
  } catch {
    return null
  }
}

/** What is known about a signature, and by whom. `theirs`, `providers`: for the API, or the provider itself, to check. */
export type SignatureVerdict =
  | { readonly state: 'valid' | 'invalid'; readonly check: Check }
  | { readonly state: 'unsigned' | 'unchecked' | 'theirs' | 'providers' | 'graph' }

/** The verdict of this run: only a check that was made and recorded counts. */
export function signatureVerdict(
  carried: Carried,
  token: DecodedToken,
  messages: readonly Message[],
): SignatureVerdict {
  if (isUnsigned(token)) return { state: 'unsigned' }
  if (carried.value === 'id_token') {
    const check = messages
      .filter(each => each.kind === 'id_token_checked' && each.carried.some(value => isSame(value, carried)))
      .flatMap(each => each.checks)
      .find(each => each.requirement === 'IDT-06' && (each.outcome === 'passed' || each.outcome === 'failed'))
    if (check === undefined) return { state: 'unchecked' }
    return { state: check.outcome === 'passed' ? 'valid' : 'invalid', check }
  }
  if (carried.value === 'refresh_token') return { state: 'providers' }
  if (token.type === 'jwt' && memberOf(token.header, 'nonce') !== null) return { state: 'graph' }
  return { state: 'theirs' }
}

function isSame(a: Carried, b: Carried): boolean {
  if (a.value !== b.value) return false
  return a.fingerprint !== null && b.fingerprint !== null
    ? a.fingerprint === b.fingerprint
    : a.text === b.text
}
