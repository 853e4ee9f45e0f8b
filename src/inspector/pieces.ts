/** Cuts a text into what may be shown and the protocol values in it, so that no secret is printed by accident. */

import type { ValueName } from '../oauth/step.ts'
import type { Carried } from '../sequence/message.ts'
import { parseRedacted } from '../trace/redact.ts'
import type { Kind } from '../trace/secret-places.ts'

type Withheld = 'personal' | 'secret' | 'proof'

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  /** `wire`: the characters as they were sent, perhaps percent-encoded; null when only the hash was kept. */
  | { readonly type: 'value'; readonly carried: Carried; readonly wire: string | null }
  /** A secret without a thread: a client secret, a DPoP proof, or what an export left out. */
  | {
      readonly type: 'withheld'
      readonly what: Withheld
      readonly length: number
      readonly text: string | null
    }

/** A shorter text could stand anywhere by chance. */
const shortest = 8

/**
 * The pieces of a value that stands under a name.
 * @param kind what the name means there, null when it says nothing
 * @param wire the characters as sent
 * @param plain the same, decoded
 * @param known values of this flow, by their text
 */
export function piecesOfNamed(
  kind: Kind | null,
  wire: string,
  plain: string,
  known: readonly Carried[],
): Piece[] {
  const withheld = withheldIn(plain)
  if (withheld !== null) return [withheld]
  const carried = valueBehind(plain, known)
  if (carried !== null) return [{ type: 'value', carried, wire: carried.text === null ? null : wire }]
  if (kind === null || kind === 'personal' || plain === '') return piecesOf(wire, known)
  if (kind === 'secret' || kind === 'proof')
    return [{ type: 'withheld', what: kind, length: plain.length, text: wire }]
  return [{ type: 'value', carried: fresh(kind, plain), wire }]
}

/** The pieces of a header's value. */
export function piecesOfHeader(name: string, value: string, known: readonly Carried[]): Piece[] {
  const header = name.toLowerCase()
  const withheld = withheldIn(value)
  if (withheld !== null) return [withheld]
  if (header === 'dpop') return [{ type: 'withheld', what: 'proof', length: value.length, text: value }]
  if (header !== 'authorization') return piecesOf(value, known)
  const [, scheme, token] = /^(\S+\s+)(.+)$/s.exec(value) ?? []
  if (scheme === undefined || token === undefined)
    return [{ type: 'withheld', what: 'secret', length: value.length, text: value }]
  if (!/^(bearer|dpop)\s/i.test(scheme))
    return [
      { type: 'text', text: scheme },
      withheldIn(token) ?? { type: 'withheld', what: 'secret', length: token.length, text: token },
    ]
  return [{ type: 'text', text: scheme }, ...piecesOfNamed('access_token', token, token, known)]
}

/** The pieces of any text: known values are found wherever they stand, placeholders of a redacted copy too. */
export function piecesOf(text: string, known: readonly Carried[]): Piece[] {
  const needles = known.filter(carried => (carried.text?.length ?? 0) >= shortest)
  const pieces: Piece[] = []
  let rest = text
  while (rest !== '') {
    const next = nextIn(rest, needles)
    if (next === null) break
    if (next.at > 0) pieces.push({ type: 'text', text: rest.slice(0, next.at) })
    pieces.push(next.piece)
    rest = rest.slice(next.at + next.length)
  }
  if (rest !== '') pieces.push({ type: 'text', text: rest })
  return pieces
}

function nextIn(
  text: string,
  needles: readonly Carried[],
): { at: number; length: number; piece: Piece } | null {
  let best: { at: number; length: number; piece: Piece } | null = null
  for (const carried of needles) {
    const wire = carried.text ?? ''
    const at = text.indexOf(wire)
    if (at >= 0 && (best === null || at < best.at || (at === best.at && wire.length > best.length)))
      best = { at, length: wire.length, piece: { type: 'value', carried, wire } }
  }
  const placeholder = /redacted\.(?:[a-z_]+)\.\d+(?:\.[0-9a-f]{16}|\.)?/.exec(text)
  if (placeholder !== null && (best === null || placeholder.index < best.at)) {
    const found = placeholder[0]
    const carried = valueBehind(found, [])
    const piece = carried === null ? withheldIn(found) : ({ type: 'value', carried, wire: null } as const)
    if (piece !== null) return { at: placeholder.index, length: found.length, piece }
  }
  return best
}

/** The value with this very text: one of the flow, or what a placeholder stands for; null for any other text. */
function valueBehind(text: string, known: readonly Carried[]): Carried | null {
  const same = known.find(carried => carried.text === text)
  if (same !== undefined) return same
  const redacted = parseRedacted(text)
  if (redacted === null) return null
  const kept = known.find(
    carried =>
      carried.fingerprint !== null &&
      carried.fingerprint === redacted.fingerprint &&
      carried.value === redacted.value,
  )
  return {
    ...(kept ?? fresh(redacted.value, '')),
    length: redacted.length,
    fingerprint: redacted.fingerprint,
    text: null,
  }
}

function withheldIn(text: string): Extract<Piece, { type: 'withheld' }> | null {
  const [, what, length] = /^redacted\.(personal|secret|proof)\.(\d+)$/.exec(text) ?? []
  if (what !== 'personal' && what !== 'secret' && what !== 'proof') return null
  return { type: 'withheld', what, length: Number(length), text: null }
}

function fresh(value: ValueName, text: string): Carried {
  return { value, text, length: text.length, fingerprint: null, tampered: false, odd: false }
}
