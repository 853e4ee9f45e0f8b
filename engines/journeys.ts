/** The journeys, the same list for each engine. */
import { doctorJourneys } from './doctor-journeys.ts'
import type { Journey } from './journey.ts'
import { labJourneys } from './lab-journeys.ts'
import { lensJourneys } from './lens-journeys.ts'
import { pauseJourneys } from './pause-journeys.ts'
import { popupJourneys } from './popup-journeys.ts'
import { sessionJourneys } from './session-journeys.ts'
import { signInJourneys } from './sign-in-journeys.ts'

export const journeys: readonly Journey[] = [
  ...signInJourneys,
  ...popupJourneys,
  ...sessionJourneys,
  ...lensJourneys,
  ...pauseJourneys,
  ...doctorJourneys,
  ...labJourneys,
]
