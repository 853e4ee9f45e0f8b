/** The client and the recorder without the app, for measures that a person at the app could not make. */
import { parseClientConfig } from '../../src/oauth/client-config.ts'
import { browserPorts } from '../../src/session/browser-ports.ts'
import { type Client, createClient } from '../../src/session/client.ts'
import { createRecorder, type Recorder } from '../../src/trace/recorder.ts'

export interface BenchClient {
  readonly client: Client
  readonly recorder: Recorder
  /** Moves both clocks of the client. */
  skip(milliseconds: number): void
}

declare global {
  interface Window {
    bench: BenchClient
  }
}

const { href } = location
let skipped = 0
const recorder = createRecorder({
  storage: {
    get: key => sessionStorage.getItem(key),
    set: (key, value) => {
      sessionStorage.setItem(key, value)
      return true
    },
    remove: key => sessionStorage.removeItem(key),
  },
  now: Date.now,
  tabId: 'bench',
})
const client = createClient({
  config: async () => parseClientConfig(await (await fetch('/config.json')).json(), location.origin, '/'),
  ports: {
    ...browserPorts({ basePath: '/', observe: recorder.observe }),
    now: () => Date.now() + skipped,
    monotonic: () => performance.now() + skipped,
  },
})
window.bench = {
  client,
  recorder,
  skip: milliseconds => {
    skipped += milliseconds
  },
}
client.store.subscribe(({ claims, profile }) => {
  const [heading, text] = [document.querySelector('h1'), document.querySelector('pre')]
  if (heading && claims) heading.textContent = String(claims['name'])
  if (text && profile.claims) text.textContent = JSON.stringify(profile.claims)
})
document.querySelector('button')?.addEventListener('click', () => void client.signIn())
void client.boot({ url: href, isProtected: false })
void client.prepare()
