/** The note beside one line: what this name means in this message. */
import type { MessageKind } from '../sequence/message.ts'
import { claimTexts, joseTexts } from './claims.ts'
import { explanations } from './explanations.ts'
import { headerTexts, metadataTexts, parameterTexts } from './parameters.ts'

/** Where a name stands. `member`: in a JSON body. */
export type Place = 'query' | 'form' | 'header' | 'member' | 'claim' | 'jose'

/** What a name means at this place of this message; null when the lens does not know it. */
export function noteFor(kind: MessageKind, place: Place, name: string): string | null {
  if (place === 'jose') return lookUp(joseTexts, name)
  if (place === 'claim') return lookUp(claimTexts, name)
  const own = lookUp(explanations[kind].parameters, name)
  if (own !== null) return own
  if (place === 'header') return lookUp(headerTexts, name)
  if (kind === 'discovery_response') return lookUp(metadataTexts, name)
  if (place === 'member' && (kind === 'userinfo_response' || kind === 'profile_response'))
    return lookUp(claimTexts, name)
  return lookUp(parameterTexts, name)
}

/** Header names come in any case. */
function lookUp(texts: Readonly<Record<string, string>>, name: string): string | null {
  if (Object.hasOwn(texts, name)) return texts[name] ?? null
  const same = Object.keys(texts).find(key => key.toLowerCase() === name.toLowerCase())
  return same === undefined ? null : (texts[same] ?? null)
}
