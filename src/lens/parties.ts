/** Whether a story is of the configuration in use, and whose names stand over its lifelines when it is not. */
import { originOf } from '../sequence/lanes.ts'
import type { Expectation, Message } from '../sequence/message.ts'
import { type Story, withoutSlash } from '../sequence/stories.ts'

/** Told at another provider: before another one was chosen, or in a file that was opened. */
export function isForeign({ issuer }: Story, expectation: Expectation | null): boolean {
  return Boolean(expectation && issuer && issuer !== withoutSlash(expectation.issuer))
}

/** Run with the configuration in use, as far as the story tells: at the same issuer, by the same client. */
export function isConfigured(story: Story, expectation: Expectation | null): boolean {
  if (expectation === null || isForeign(story, expectation)) return false
  const started = story.entries.map(({ step }) => step).find(step => step.kind === 'flow_started')
  if (started === undefined) return true
  return started.issuer === expectation.issuer && started.clientId === expectation.clientId
}

/** The parties that really spoke in it. */
export function partiesOf(
  { issuer }: Story,
  messages: readonly Message[],
  expectation: Expectation | null,
): Expectation | null {
  if (!expectation || !issuer) return expectation
  const asked = messages.find(({ to, request }) => to === 'resource-server' && request !== null)?.request?.url
  return {
    ...expectation,
    issuer,
    authorizationServerOrigin: originOf(issuer) ?? issuer,
    resourceServerOrigin: originOf(asked ?? null),
  }
}
