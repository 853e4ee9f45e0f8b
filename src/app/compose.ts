/** Puts the rooms together: the ports of this tab, the recorder that observes them, the client on top. */
import type { DebuggerAccess } from '../pause/use-debugger.tsx'
import { browserPorts } from '../session/browser-ports.ts'
import { type Client, createClient } from '../session/client.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { openTab } from '../trace/tab.ts'
import { arrivalUrl, basePath, isCallback } from './arrival.ts'
import { type LoadedConfig, loadConfig } from './config.ts'
import { pausable } from './debugger-access.ts'
import { tabStorage } from './tab-storage.ts'

export interface Composition {
  readonly client: Client
  readonly recorder: Recorder
  readonly pause: DebuggerAccess
  readonly config: Promise<LoadedConfig>
  /** Resolves with the path to go to after a callback, null to stay. */
  readonly arrived: Promise<string | null>
  /** Whether the provider gave what a sign-in needs, as far as this page had to ask. Never rejects. */
  readonly providerAnswers: Promise<boolean>
}

/** Pages that show something only for a signed-in person. */
const protectedPaths = ['profile']

/** Starts the session's work at once: on `/callback` the code exchange is on its way before React is asked for. */
export function compose(): Composition {
  const tab = openTab(tabStorage, window.top !== window)
  const recorder = createRecorder({ storage: tab.storage, now: Date.now, tabId: tab.id })
  addEventListener('pagehide', () => {
    recorder.flush()
    tab.release()
  })
  addEventListener('pageshow', tab.claim)
  addEventListener('pageshow', event => event.persisted && recorder.resume())
  const pause = pausable(recorder.observe)
  let loaded: Promise<LoadedConfig> | undefined
  const config = () => (loaded ??= loadConfig())
  const client = createClient({
    config: async () => (await config()).config,
    ports: browserPorts({
      basePath,
      observe: recorder.observe,
      hold: pause.hold,
      async onLeaving() {
        // The recorder never delays a sign-in by more than this, not even when its parts load slowly.
        await Promise.race([recorder.settled(), new Promise(done => setTimeout(done, 300))])
        tab.release()
      },
    }),
  })
  const isProtected = protectedPaths.includes(location.pathname.slice(basePath.length))
  const arrived = client.boot({ url: arrivalUrl, isProtected })
  // Where a sign-in ends the token request leaves first; what the next sign-in needs is asked for if this one failed.
  const all = isCallback ? new Promise(done => setTimeout(done)).then(config) : config()
  const providerAnswers = all
    .then(async () => {
      if (!isCallback || (await arrived) === null) await client.prepare()
    })
    .then(
      () => true,
      () => false,
    )
  return { client, recorder, pause, config: all, arrived, providerAnswers }
}
