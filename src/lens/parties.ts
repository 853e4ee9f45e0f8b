/** Whose names stand over the lifelines when the story is another provider's than the one in use. */
import type { Expectation, Message } from '../sequence/message.ts'
import type { Story } from '../sequence/stories.ts'

/** Told at another provider: before another one was chosen, or in a file that was opened. */
export function isForeign({ issuer }: Story, expectation: Expectation | null): boolean {
  return Boolean(expectation && issuer && issuer !== expectation.issuer.replace(/\/$/, ''))
}

/** The parties that really spoke in it. */
export function partiesOf(
  { issuer }: Story,
  messages: readonly Message[],
  expectation: Expectation | null,
): Expectation | null {
  if (!expectation || !issuer) return expectation
  const asked = messages.find(message => message.to === 'resource-server' && message.url !== null)?.url
  return {
    ...expectation,
    issuer,
    authorizationServerOrigin: originOf(issuer) ?? issuer,
    resourceServerOrigin: originOf(asked ?? null),
  }
}

const originOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).origin : null
