/** Time that a run lets pass on purpose. */
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Ports } from '../session/ports.ts'
import type { Person } from './bench.ts'

interface Setting {
  readonly ports: Pick<Ports, 'after' | 'now'>
  readonly person: Pick<Person, 'waiting'>
}

/**
 * Waits by the clock of the run and tells the person why.
 * @throws OAuthError `run_stopped` as soon as the run is stopped
 */
export function waitInRun(
  { ports, person }: Setting,
  stop: AbortSignal,
  milliseconds: number,
  why: string,
): Promise<void> {
  const over = new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      cancel()
      reject(new OAuthError({ code: 'run_stopped' }))
    }
    const cancel = ports.after(milliseconds, () => {
      stop.removeEventListener('abort', giveUp)
      resolve()
    })
    if (stop.aborted) giveUp()
    else stop.addEventListener('abort', giveUp, { once: true })
  })
  return person.waiting(why, ports.now() + milliseconds, over)
}
