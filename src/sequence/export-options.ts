/** What every export needs: the trace, and whether secrets may leave. */
import type { Trace } from '../trace/entry.ts'
import { redactTrace, type Secrets } from '../trace/trace-file.ts'
import type { FingerprintOf } from './carried.ts'
import type { Expectation, Lane, Message } from './message.ts'
import { sequence } from './sequence.ts'

export interface ExportOptions {
  /** `raw` holds codes and tokens: ask the person twice before. */
  readonly secrets: Secrets
  readonly fingerprint: FingerprintOf
  /** For the names of the servers; no ghost is exported. */
  readonly expectation: Expectation | null
}

/**
 * The messages that happened, without secrets unless `raw` was asked for.
 * @param ahead for what is still to come, in a picture; null: only what happened
 */
export function exportedMessages(
  trace: Trace,
  { secrets, fingerprint }: Omit<ExportOptions, 'expectation'>,
  ahead: Expectation | null = null,
): Message[] {
  const content = secrets === 'raw' ? trace : redactTrace(trace, fingerprint)
  return sequence(content, ahead, fingerprint)
}

/** A party with its origin, where it is known. */
export function partyName(lane: Lane, expectation: Expectation | null): string {
  switch (lane) {
    case 'you':
      return 'You'
    case 'app':
      return named('App', expectation?.appOrigin)
    case 'authorization-server':
      return named('Authorization server', expectation?.authorizationServerOrigin)
    case 'resource-server':
      return named('Resource server', expectation?.resourceServerOrigin)
  }
}

function named(name: string, origin: string | null | undefined): string {
  return origin === null || origin === undefined ? name : `${name} (${origin})`
}
