/** Asking for the answer at an address that was not registered. */
import type { Tools } from './tools.ts'
import { blocked, notBlocked, type Outcome, unreadable } from './verdict.ts'

export interface WrongAddress {
  readonly address: string
  /** True when an answer came to the wrong address, not to the registered one. */
  readonly isThere: (url: URL) => boolean
}

/**
 * A refusal is a page of the provider that nobody may look into, so silence must be made to speak: first it is
 * shown that an answer at the wrong address would be heard, then the provider is asked.
 */
export async function ofRedirect(tools: Tools, { address, isThere }: WrongAddress): Promise<Outcome> {
  const audible = await wouldBeHeard(tools, address)
  const arrival = await tools.attacker.asks(parameters => parameters.set('redirect_uri', address))
  if (arrival.type === 'back')
    return isThere(new URL(arrival.url))
      ? notBlocked(new URL(arrival.url).searchParams.has('code') ? 'the code came' : 'an answer came')
      : blocked('authorization-server', 'answered elsewhere', 'The answer came to the registered address.')
  if (arrival.seenBy === 'person')
    return blocked('authorization-server', 'stayed at the provider, you saw it')
  return audible
    ? blocked('authorization-server', 'stayed at the provider')
    : unreadable('no_answer', 'Nothing came, and this server does not let the page hear that address.')
}

/** Opens the wrong address in a frame by itself. */
async function wouldBeHeard({ surroundings }: Tools, address: string): Promise<boolean> {
  const url = new URL(address)
  url.searchParams.set('heard', 'yes')
  const frame = surroundings.watchFrame(url.href)
  try {
    return await Promise.race([
      frame.answer.then(query => new URLSearchParams(query).get('heard') === 'yes'),
      frame.silence.then(() => false),
    ])
  } finally {
    frame.close()
  }
}
