/** What a person can stop: from then on a run sends nothing, opens nothing, asks nothing and waits for nothing. */
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Popup } from '../session/ports.ts'
import type { Surroundings } from './lab-ports.ts'

const runStopped = () => new OAuthError({ code: 'run_stopped' })

/** Settles as `run` does. @throws OAuthError `run_stopped` as soon as the run is stopped; then `run` does not begin */
export async function orStopped<T>(stop: AbortSignal, run: () => Promise<T>): Promise<T> {
  if (stop.aborted) throw runStopped()
  let giveUp = () => {}
  const stopped = new Promise<never>((_, reject) => {
    giveUp = () => reject(runStopped())
    stop.addEventListener('abort', giveUp)
  })
  try {
    return await Promise.race([run(), stopped])
  } finally {
    stop.removeEventListener('abort', giveUp)
  }
}

/** @param stop the signal of the run that is under way */
export function stoppable(surroundings: Surroundings, stop: () => AbortSignal): Surroundings {
  const { ports, watchFrame } = surroundings
  return {
    ...surroundings,
    ports: { ...ports, fetch: (...request) => orStopped(stop(), () => ports.fetch(...request)) },
    watchFrame: (url, blind) => {
      if (stop().aborted) throw runStopped()
      const frame = watchFrame(url, blind)
      const answer = orStopped(stop(), () => frame.answer)
      // Nobody may be listening to it any more.
      answer.catch(() => {})
      return { ...frame, answer }
    },
  }
}

/** Asks the person one thing. `otherwise`: the answer when the run is stopped. */
export type Ask<Question> = <T>(otherwise: T, make: (answer: (value: T) => void) => Question) => Promise<T>

/** @param show draws the question; null takes it away */
export const createAsk =
  <Question>(show: (question: Question | null) => void, stop: () => AbortSignal): Ask<Question> =>
  (otherwise, make) =>
    new Promise(resolve => {
      const signal = stop()
      if (signal.aborted) return resolve(otherwise)
      const giveUp = () => answer(otherwise)
      const answer = (value: typeof otherwise) => {
        signal.removeEventListener('abort', giveUp)
        show(null)
        resolve(value)
      }
      signal.addEventListener('abort', giveUp)
      show(make(answer))
    })

/** The window that the person opens closes with the run, which ends the wait for its answer. */
export async function closesWithRun<Opened extends Popup>(
  stop: AbortSignal,
  asked: Promise<Opened | null>,
): Promise<Opened | null> {
  const opened = await asked
  if (stop.aborted) opened?.close()
  else stop.addEventListener('abort', () => opened?.close())
  return opened
}
