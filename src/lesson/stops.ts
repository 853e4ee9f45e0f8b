/** The stops of the lesson in their order. */
import type { Stop } from './stop.ts'
import { stopsBeforeLeaving } from './stops-leaving.ts'
import { stopsOnReturn } from './stops-return.ts'
import { stopsOfTheTheft } from './stops-theft.ts'
import { stopsWithTokens } from './stops-tokens.ts'

export const stops: readonly [Stop, ...Stop[]] = inOrder([
  ...stopsBeforeLeaving,
  ...stopsOnReturn,
  ...stopsWithTokens,
  ...stopsOfTheTheft,
])

function inOrder([first, ...rest]: readonly Stop[]): [Stop, ...Stop[]] {
  if (!first) throw new Error('a lesson has at least one stop')
  return [first, ...rest]
}
