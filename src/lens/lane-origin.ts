/** Which origin a party speaks from. */
import type { Expectation, Lane } from '../sequence/message.ts'

/** Null for the person, and where it is not known or not asked. */
export function partyOrigin(lane: Lane, expectation: Expectation | null): string | null {
  switch (lane) {
    case 'you':
      return null
    case 'app':
      return expectation?.appOrigin ?? null
    case 'authorization-server':
      return expectation?.authorizationServerOrigin ?? null
    case 'resource-server':
      return expectation?.resourceServerOrigin ?? null
  }
}
