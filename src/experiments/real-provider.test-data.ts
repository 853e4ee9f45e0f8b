/** The demo provider and a browser without windows, for tests: real requests, a real session, no page. */
import { vi } from 'vitest'
import type { Demo, DemoStart } from '../../provider/demo.ts'
import { ask, startTestDemo, walk } from '../../provider/test-client.ts'
import { Visitor } from '../../provider/visitor.ts'
import type { Person } from '../attack/bench.ts'
import { findDemoSwitches } from '../attack/demo-switches.ts'
import type { WatchedFrame } from '../attack/frame-watch.ts'
import { memoryStore, type Surroundings } from '../attack/lab-ports.ts'
import { createControl } from '../lab/control.ts'
import type { RunnerOptions } from '../lab/runner.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { Ports } from '../session/ports.ts'

const never = <T>() => new Promise<T>(() => {})

/** Real timers, and a way to be where a wait is over: the servers live in this process, so its clock is theirs. */
function skippableTime() {
  const waiting = new Map<() => void, number>()
  return {
    after: (milliseconds: number, run: () => void) => {
      const end = () => {
        stop()
        run()
      }
      const timer = setTimeout(end, milliseconds)
      const stop = () => {
        clearTimeout(timer)
        waiting.delete(end)
      }
      waiting.set(end, Date.now() + milliseconds)
      return stop
    },
    skipTo: (moment: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: moment })
      for (const [end, due] of [...waiting]) if (due <= moment) end()
    },
  }
}

function nodePorts(demo: Demo, changes: Partial<Ports> & Pick<Ports, 'after'>): Ports {
  const stop = () => () => {}
  return {
    origin: demo.appOrigin,
    basePath: '/',
    isSecureContext: true,
    observe: () => {},
    hold: async message => message,
    fetch: ({ url, method, headers, body }, signal) =>
      fetch(url, {
        method,
        headers: { ...headers, origin: demo.appOrigin },
        body,
        signal,
        redirect: 'manual',
      }),
    canReach: async () => true,
    isBlockedByPolicy: async () => false,
    navigate: () => {},
    openFrame: () => ({ answer: never(), close: () => {} }),
    openPopup: () => null,
    sessionStorage: memoryStore(),
    localStorage: memoryStore(),
    channel: { post: () => {}, listen: stop },
    keepKey: async () => true,
    takeKey: async () => null,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: () => 0,
    isOnline: () => true,
    isVisible: () => true,
    isDirty: () => false,
    onWakeUp: stop,
    ...changes,
  }
}

/** Follows the address with the cookies of a person who has signed in; what leaves for our callback is the answer. */
function follow(visitor: Visitor, demo: Demo, address: string): WatchedFrame {
  let path: string | null = null
  const opened =
    new URL(address).origin === demo.appOrigin
      ? Promise.resolve(new URL(address))
      : visitor.open(address).then(shown => (shown.left ? shown.url : null))
  return {
    answer: opened.then(url => {
      if (url === null) return never<string>()
      path = url.pathname
      return url.search
    }),
    silence: opened.then(url => (url === null ? undefined : never<void>())),
    path: () => path,
    close: () => {},
  }
}

export interface RealProvider {
  readonly demo: Demo
  readonly options: RunnerOptions
}

/**
 * Starts the demo provider, signs Alice in, and agrees in windows that a run asks for. Where a run waits the clock is
 * set to the end of it: `vi.useRealTimers` puts it right.
 */
export async function startRealProvider(
  changes: Partial<Ports> = {},
  start: DemoStart = {},
): Promise<RealProvider> {
  const demo = await startTestDemo(start)
  const visitor = new Visitor(demo.issuer)
  await walk(visitor, ask(demo).url)
  const time = skippableTime()
  const ports = nodePorts(demo, { after: time.after, ...changes })
  const surroundings: Surroundings = {
    ports,
    watchFrame: url => follow(visitor, demo, url),
    alone: run => run(),
  }
  const config = parseClientConfig(demo.config, demo.appOrigin)
  const person: Person = {
    window: async () => ({
      go: url => ({
        answer: walk(visitor, new URL(url)).then(shown => (shown.left ? shown.url.search : never<string>())),
        close: () => {},
      }),
      close: () => {},
    }),
    stayed: () => ({ answer: never(), done: () => {} }),
    look: async url => {
      const { headers } = await visitor.open(url)
      return /frame-ancestors 'none'/.test(headers.get('content-security-policy') ?? '') ? 'refused' : 'shown'
    },
    waiting: (_why, until, run) => {
      if (until !== null) time.skipTo(until)
      return run
    },
  }
  const documents = memoryStore()
  const options: RunnerOptions = {
    config,
    surroundings,
    documents,
    control: createControl(config, surroundings, documents, person),
    person,
    demo: await findDemoSwitches(config.issuer, ports),
  }
  return { demo, options }
}
