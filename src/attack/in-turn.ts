import type { Person } from './bench.ts'
import type { Surroundings } from './lab-ports.ts'

/** Runs while no other tab does, and tells the person why nothing happens until then. @throws when stopped before */
export function inTurn<T>(
  { alone }: Surroundings,
  person: Pick<Person, 'waiting'>,
  stop: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  return alone(
    run,
    stop,
    turn => void person.waiting('Waiting for other experiments in this browser', null, turn),
  )
}
