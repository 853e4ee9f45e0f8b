/** The state of one report card: rows, progress, the question to the person; pause, go on, stop. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Surroundings } from '../attack/lab-ports.ts'
import { onSignOut } from '../attack/sign-out-watch.ts'
import { stoppable } from '../attack/stopping.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { CardOptions } from './card-tools.ts'
import { runOrder } from './checks.ts'
import { createCardPerson, type Question } from './person.ts'
import { type Row, type RunEnd, runChecks } from './runner.ts'

export interface CardState {
  /** For the next run. */
  readonly options: CardOptions
  readonly status: 'idle' | 'running' | 'paused' | 'done' | 'stopped'
  readonly rows: ReadonlyMap<number, Row>
  /** What is asked now; `control` is the clean sign-in before everything. */
  readonly current: number | 'control' | null
  /** Checks of this run, and how many are through. */
  readonly total: number
  readonly through: number
  readonly question: Question | null
  readonly end: RunEnd
}

export interface Card {
  readonly store: StoreApi<CardState>
  choose(options: CardOptions): void
  /** Runs these checks, or all that need no special wish. Resolves at the end; never rejects. */
  run(numbers?: readonly number[]): Promise<void>
  pause(): void
  goOn(): void
  stop(): void
}

const nothing = { current: null, question: null, end: null, total: 0, through: 0 }
const firstOptions: CardOptions = { otherClientId: null, password: false, patient: false }

export function createCard(config: ClientConfig, surroundings: Surroundings): Card {
  const store = createStore<CardState>(() => ({
    options: firstOptions,
    status: 'idle',
    rows: new Map(),
    ...nothing,
  }))
  let giveUp = new AbortController()
  const signal = () => giveUp.signal
  const inRun = stoppable(surroundings, signal)
  const person = createCardPerson(question => store.setState({ question }), signal)
  let release = () => {}

  const mayGoOn = (): Promise<void> =>
    store.getState().status === 'paused'
      ? new Promise(resolve => {
          release = resolve
        })
      : Promise.resolve()

  let signOuts = 0
  onSignOut(surroundings, config, () => {
    signOuts++
    giveUp.abort()
    store.setState(({ rows }) => ({
      rows: new Map([...rows].map(([number, row]) => [number, withoutSteps(row)])),
    }))
  })

  return {
    store,
    choose: options => store.setState({ options }),
    async run(numbers) {
      const { status, options } = store.getState()
      if (status === 'running' || status === 'paused') return
      const checks = runOrder.filter(check =>
        numbers ? numbers.includes(check.number) : !check.optIn || options.password,
      )
      giveUp = new AbortController()
      const before = signOuts
      store.setState(({ rows }) => {
        const kept = new Map(rows)
        for (const { number } of checks) kept.delete(number)
        return { ...nothing, rows: kept, status: 'running', total: checks.length }
      })
      const end = await runChecks({
        config,
        surroundings: inRun,
        options,
        person,
        checks,
        stop: giveUp.signal,
        announce: numbers === undefined,
        mayGoOn,
        onBegin: check => store.setState({ current: check === 'control' ? check : check.number }),
        onRow: (number, row, isThrough) =>
          store.setState(({ rows, through }) => ({
            rows: new Map(rows).set(number, before === signOuts ? row : withoutSteps(row)),
            through: through + (isThrough ? 1 : 0),
          })),
      }).catch((): RunEnd => 'stopped')
      store.setState({ status: end === null ? 'done' : 'stopped', current: null, question: null, end })
    },
    pause: () => store.setState(({ status }) => (status === 'running' ? { status: 'paused' } : {})),
    goOn: () => {
      store.setState(({ status }) => (status === 'paused' ? { status: 'running' } : {}))
      release()
    },
    stop: () => giveUp.abort(),
  }
}

/** What came of it, without what was sent and came back. */
const withoutSteps = (row: Row): Row => ({ ...row, steps: [] })
