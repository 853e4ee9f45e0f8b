/** What runs need from a real browser tab. */
import { browserPorts } from '../session/browser-ports.ts'
import { watchFrame } from './frame-watch.ts'
import type { Surroundings } from './lab-ports.ts'

/** The name under which the tabs of this origin take turns. */
const lockName = 'pkce-lens.lab'

/** @param basePath the path the app is served under, with both slashes */
export function browserSurroundings(basePath: string): Surroundings {
  return { ports: browserPorts({ basePath }), watchFrame, alone }
}

const alone: Surroundings['alone'] = async (run, stop, onWait) => {
  // Without a secure context there is no lock, and no Web Crypto to run anything with.
  if (!isSecureContext) return run()
  const atOnce = await navigator.locks.request(lockName, { ifAvailable: true }, async lock =>
    lock ? { value: await run() } : null,
  )
  if (atOnce) return atOnce.value
  let end = () => {}
  onWait(
    new Promise(resolve => {
      end = resolve
    }),
  )
  return navigator.locks
    .request(lockName, { signal: stop }, () => {
      end()
      return run()
    })
    .finally(end)
}
