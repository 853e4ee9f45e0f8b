/** The lab of one provider: one run at a time, the rest in order, what is asked of the person, what came of it. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Person } from '../attack/bench.ts'
import { type DemoSwitches, findDemoSwitches } from '../attack/demo-switches.ts'
import { inTurn } from '../attack/in-turn.ts'
import { memoryStore, type Surroundings } from '../attack/lab-ports.ts'
import type { Stopper } from '../attack/parties.ts'
import { onSignOut } from '../attack/sign-out-watch.ts'
import { closesWithRun, createAsk, stoppable } from '../attack/stopping.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Popup } from '../session/ports.ts'
import { createControl } from './control.ts'
import type { Experiment } from './experiment.ts'
import { type Guesses, readGuesses, writeGuesses } from './guesses.ts'
import { type Run, runExperiment } from './runner.ts'
import type { Runs } from './tally.ts'

export type Question =
  | {
      readonly type: 'window'
      readonly why: string
      /** The browser did not let it open. */
      readonly blocked: boolean
      answer(go: boolean): void
    }
  | { readonly type: 'stayed'; answer(): void }
  | { readonly type: 'look'; readonly url: string; answer(seen: 'shown' | 'refused' | null): void }

export interface LabState {
  readonly runs: Runs
  /** The same attacks with the defence switched off. */
  readonly undefended: Runs
  readonly guesses: Guesses
  readonly running: { readonly id: string } | null
  /** Place in the rest; null when one was run by hand. */
  readonly progress: { readonly at: number; readonly of: number } | null
  readonly question: Question | null
  /** `until`: wall clock, milliseconds; null when nobody can say. */
  readonly waiting: { readonly why: string; readonly until: number | null } | null
  /** The demo provider, whose faults can be switched. Null: not known yet. */
  readonly isDemo: boolean | null
  /** Faults that were on before the lab touched anything. */
  readonly faults: readonly string[]
}

export interface Lab {
  readonly experiments: readonly Experiment[]
  readonly store: StoreApi<LabState>
  guess(id: string, guess: Stopper): void
  /** Forgets guesses and runs. */
  reset(): void
  run(id: string, undefended?: boolean): Promise<void>
  /** Everything that was not run yet: what asks the person, and what ends sessions, comes last. */
  runRest(): Promise<void>
  /** Ends what runs: what is asked is answered, and what is waited for does not come. */
  stop(): void
  /** For a page that goes away: stops, and hears of no sign-out any more. */
  close(): void
}

export interface LabOptions {
  readonly config: ClientConfig
  readonly experiments: readonly Experiment[]
  readonly surroundings: Surroundings
}

export function createLab({ config, experiments, surroundings }: LabOptions): Lab {
  const { ports } = surroundings
  const store = createStore<LabState>(() => ({
    runs: {},
    undefended: {},
    guesses: readGuesses(ports.localStorage),
    running: null,
    progress: null,
    question: null,
    waiting: null,
    isDemo: null,
    faults: [],
  }))
  const documents = memoryStore()
  let stopping = new AbortController()
  const signal = () => stopping.signal
  const inRun = stoppable(surroundings, signal)
  const person = createPerson(surroundings, store, signal)
  const control = createControl(config, inRun, documents, person)
  const alone = <T>(run: () => Promise<T>) => inTurn(surroundings, person, stopping.signal, run)
  let demo = findDemo()

  async function findDemo(): Promise<DemoSwitches | null> {
    const switches = await findDemoSwitches(config.issuer, ports).catch(() => null)
    store.setState({ isDemo: switches !== null })
    if (switches) void tidyUp(switches).catch(() => {})
    return switches
  }

  /** What another tab has switched on for its run is not what this one found. Nobody waits for it, so nothing is said. */
  function tidyUp(switches: DemoSwitches): Promise<void> {
    const quietly = { waiting: <T>(_why: string, _until: number | null, turn: Promise<T>) => turn }
    return inTurn(surroundings, quietly, stopping.signal, async () => {
      await switches.restore()
      store.setState({ faults: await switches.on() })
    })
  }

  let signOuts = 0
  const stopListening = onSignOut(surroundings, config, () => {
    signOuts++
    stopping.abort()
    control.forget()
    store.setState(({ runs, undefended }) => ({
      runs: withoutEvidence(runs),
      undefended: withoutEvidence(undefended),
    }))
  })

  async function one(experiment: Experiment, undefended: boolean): Promise<void> {
    store.setState({ running: { id: experiment.id } })
    // It may have been started since the page was opened.
    if ((await demo) === null) demo = findDemo()
    const switches = await demo
    const options = { config, surroundings: inRun, documents, control, person, demo: switches }
    const before = signOuts
    // Stopped before its turn came: there is nothing to tell.
    const run = await alone(() => runExperiment(options, experiment, signal(), undefended)).catch(() => null)
    // Its grant may have ended with it.
    if (experiment.destructive) control.forget()
    const place = undefended ? 'undefended' : 'runs'
    const made: Runs = run ? { [experiment.id]: run } : {}
    store.setState(state => ({
      running: null,
      question: null,
      waiting: null,
      [place]: { ...state[place], ...(before === signOuts ? made : withoutEvidence(made)) },
    }))
  }

  return {
    experiments,
    store,
    guess(id, guess) {
      const guesses = { ...store.getState().guesses, [id]: guess }
      store.setState({ guesses })
      writeGuesses(ports.localStorage, guesses)
    },
    reset() {
      if (store.getState().running) return
      store.setState({ guesses: {}, runs: {}, undefended: {} })
      writeGuesses(ports.localStorage, {})
    },
    async run(id, undefended = false) {
      const experiment = experiments.find(each => each.id === id)
      if (!experiment || store.getState().running) return
      stopping = new AbortController()
      await one(experiment, undefended)
    },
    async runRest() {
      if (store.getState().running) return
      stopping = new AbortController()
      const rest = inOrder(experiments).filter(({ id }) => !store.getState().runs[id])
      for (const [at, experiment] of rest.entries()) {
        if (stopping.signal.aborted) break
        store.setState({ progress: { at: at + 1, of: rest.length } })
        await one(experiment, false)
        // Too many requests: whoever goes on is no longer measuring.
        if (/^429|rate_limited/.test(store.getState().runs[experiment.id]?.outcome.code ?? '')) break
      }
      store.setState({ progress: null })
    },
    stop: () => stopping.abort(),
    close() {
      stopping.abort()
      stopListening()
    },
  }
}

/** What came of the runs, without what was sent and came back. */
function withoutEvidence(runs: Runs): Runs {
  return Object.fromEntries(
    Object.entries(runs).map(([id, run]): [string, Run] => [id, { ...run, evidence: null }]),
  )
}

/** The order of "the rest". */
export function inOrder(experiments: readonly Experiment[]): Experiment[] {
  const weight = ({ asks, destructive }: Experiment) => (destructive ? 2 : asks ? 1 : 0)
  return [...experiments].sort((a, b) => weight(a) - weight(b))
}

/** Questions go into the store; the page draws them and answers inside the click. */
function createPerson({ ports }: Surroundings, store: StoreApi<LabState>, stop: () => AbortSignal): Person {
  const show = (question: Question | null) => store.setState({ question })
  const ask = createAsk(show, stop)
  const askForWindow = (why: string) =>
    ask<Popup | null>(null, answer => {
      const question = (blocked: boolean): Question => ({
        type: 'window',
        why,
        blocked,
        answer: go => {
          const popup = go ? ports.openPopup() : null
          if (go && popup === null) show(question(true))
          else answer(popup)
        },
      })
      return question(false)
    })
  return {
    window: why => closesWithRun(stop(), askForWindow(why)),
    stayed: () => ({
      answer: ask<void>(undefined, answer => ({ type: 'stayed', answer: () => answer() })),
      done: () => show(null),
    }),
    look: url => ask<'shown' | 'refused' | null>(null, answer => ({ type: 'look', url, answer })),
    async waiting(why, until, run) {
      store.setState({ waiting: { why, until } })
      try {
        return await run
      } finally {
        store.setState({ waiting: null })
      }
    },
  }
}
