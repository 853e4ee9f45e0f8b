/** What a Step tells about a person, beyond the values of the protocol. */
import type { HeldMessage, Step } from '../oauth/step.ts'
import { isRecord } from './guard.ts'
import { isApi, json } from './secret-places.ts'

/** What an API is told and says about a person: every text and number of the bodies. */
export function personalIn(step: Step): Set<string> {
  const found = new Set<string>()
  if (step.kind === 'id_token_checked') {
    const claims = json(fromBase64url(step.idToken.split('.')[1] ?? ''))
    if (isRecord(claims) && typeof claims['sub'] === 'string') found.add(claims['sub'])
  }
  const body = personalBody(step.kind === 'held' ? step.message : step, isApi(step))
  if (body === null) return found
  const read = json(body)
  if (read === undefined) found.add(body)
  else
    JSON.stringify(read, (_, leaf: unknown) => {
      if (typeof leaf === 'string' || typeof leaf === 'number') found.add(String(leaf))
      return leaf
    })
  return found
}

/** A refusal says nothing about a person, but why. */
function personalBody(told: Step | HeldMessage, api: boolean): string | null {
  if (!api) return null
  if ('response' in told) return told.response.status < 400 ? told.response.body : null
  return 'request' in told ? told.request.body : null
}

function fromBase64url(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign =>
      sign.charCodeAt(0),
    )
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
}
