/** The five steps of the OAuth 2.0 overview that the lessons follow, and the act of the lens where each one is seen. */
import type { Act } from '../sequence/message.ts'

export interface SpineStep {
  /** 1 to 5; null for what happens before the overview begins. */
  readonly step: 1 | 2 | 3 | 4 | 5 | null
  readonly name: string
  readonly sentence: string
}

export const spine: Readonly<Record<Act, SpineStep>> = {
  prepare: {
    step: null,
    name: 'Prepare',
    sentence: 'Before step 1: the app learns about the provider and makes the secrets of this sign-in.',
  },
  authorize: { step: 1, name: 'Authorize', sentence: 'Step 1 of 5: the app asks the person for permission.' },
  return: {
    step: 2,
    name: 'Return',
    sentence: 'Step 2 of 5: the person has agreed, and the app gets an authorization code.',
  },
  exchange: {
    step: 3,
    name: 'Exchange',
    sentence: 'Step 3 of 5: the app exchanges the code for an access token.',
  },
  use: { step: 4, name: 'Use', sentence: 'Step 4 of 5: the app uses the access token to get the data.' },
  renew_and_end: {
    step: 5,
    name: 'Renew and end',
    sentence: 'Step 5 of 5: the access token expires, is renewed, or is revoked.',
  },
}
