import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clientConfig } from '../oauth/client.test-data.ts'
import { createDebugger } from '../pause/debugger.ts'
import { pauseKey } from '../pause/pause-key.ts'
import { DebuggerProvider } from '../pause/use-debugger.tsx'
import { createClient } from '../session/client.ts'
import { createBrowser } from '../session/fake-ports.test-data.ts'
import { createProvider } from '../session/fake-provider.test-data.ts'
import { SessionProvider } from '../session/session-provider.tsx'
import { createRecorder } from '../trace/recorder.ts'
import { TraceProvider } from '../trace/trace-provider.tsx'
import { answer, begin, forward, type Progress, settle, stopOf } from './lesson.ts'
import LessonPanel from './lesson-panel.tsx'
import { progressKey } from './progress-store.ts'
import { stops } from './stops.ts'
import type { TheftViewProps } from './theft-view.tsx'

/** The end of the attack that was begun. */
const attack = vi.hoisted((): { end: (() => void) | null } => ({ end: null }))
vi.mock('./theft-view.tsx', () => ({ default: Attack }))

function Attack({ onOutcome }: Pick<TheftViewProps, 'onOutcome'>) {
  const begin = () => {
    attack.end = () => onOutcome('authorization-server')
  }
  return (
    <button type="button" onClick={begin}>
      Begin the attack
    </button>
  )
}

const patience = 30_000

beforeEach(() => localStorage.clear())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/**
 * The lesson beside nothing, with the real client, debugger and recorder; only the browser and the network are not.
 * @param arrives the code of the debugger does
 */
async function open(arrives: Promise<void> = Promise.resolve()) {
  const browser = createBrowser()
  // The lesson compares its own clock with that of the Steps.
  vi.useFakeTimers({ toFake: ['Date'], now: browser.now() })
  const provider = await createProvider(browser.trueTime)
  const tab = browser.openTab(provider.serve)
  const kept = new Map<string, string>()
  const storage = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => kept.set(key, value).has(key),
    remove: (key: string) => void kept.delete(key),
  }
  const recorder = createRecorder({ storage, now: browser.now, tabId: 'tab' })
  const control = createDebugger({ storage, observe: recorder.observe, now: browser.now })
  const load = () => arrives.then(() => control)
  const access = { get: () => control, load, subscribe: control.subscribe }
  const ports = { ...tab.ports, hold: control.hold, observe: recorder.observe }
  const client = createClient({ config: async () => clientConfig(), ports })
  await client.boot({ url: `${ports.origin}/`, isProtected: false })
  // As the app does: what a click needs is there before it.
  await client.prepare()
  const onLook = vi.fn<(id: string | null, tab: string) => void>()
  const onLeave = vi.fn()
  const { container, unmount } = render(
    <SessionProvider client={client}>
      <TraceProvider recorder={recorder}>
        <DebuggerProvider access={access}>
          <LessonPanel
            config={clientConfig()}
            basePath="/"
            returnTo="/?lesson=1"
            onLook={onLook}
            onSend={() => {
              const { held } = control.getState()
              if (held) control.send(held.message)
            }}
            onLeave={onLeave}
            onward={<a href="/experiments">Try the other attacks</a>}
          />
        </DebuggerProvider>
      </TraceProvider>
    </SessionProvider>,
  )
  return { container, unmount, client, control, recorder, tab, kept, onLook, onLeave }
}

/** Without a layout there are no colours to measure; contrast is measured in the browser. */
async function findings(container: HTMLElement) {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html])
}

const title = () => screen.getByRole('heading', { level: 2 })
const kept = (): unknown => JSON.parse(localStorage.getItem(progressKey) ?? 'null')

/** With keys alone, from the title on. */
async function predict(option: string) {
  const radio = screen.getAllByRole<HTMLInputElement>('radio').find(({ value }) => value === option)
  if (!radio) throw new Error(`no option ${option}`)
  radio.focus()
  await userEvent.keyboard(' {Enter}')
}

describe('the lesson', { timeout: patience }, () => {
  it('asks first, then begins a real sign-in and stops it before the address is left', async () => {
    const { container, tab, control, recorder, onLook, kept: storage } = await open()
    expect(title().textContent).toBe('Why a code at all')
    expect(document.activeElement).toBe(title())
    expect(screen.queryByRole('button', { name: 'Start the sign-in' })).toBeNull()
    expect(await findings(container)).toEqual([])

    await predict('shorter')
    expect(document.activeElement?.textContent).toBe('Not quite.')
    expect(screen.getByText(/Length is not the reason/)).toBeTruthy()
    expect(screen.queryAllByRole('radio')).toEqual([])
    expect(await findings(container)).toEqual([])

    await userEvent.click(screen.getByRole('button', { name: 'Start the sign-in' }))
    expect(title().textContent).toBe('The verifier and the challenge')
    await within(screen.getByRole('status')).findByText('Held: authorization request')
    const made = recorder.getTrace().entries.find(({ step }) => step.kind === 'pkce_created')
    await waitFor(() => expect(onLook).toHaveBeenLastCalledWith(made?.id, 'explain'))
    expect(await findings(container)).toEqual([])
    expect(tab.navigations).toEqual([])

    for (const [option, go] of [
      ['challenge', 'Go on'],
      ['state', 'Go on'],
      ['secret', 'Send it, and sign in'],
    ] as const) {
      await predict(option)
      expect(document.activeElement?.textContent).toBe('Right.')
      await userEvent.click(screen.getByRole('button', { name: go }))
    }
    await waitFor(() => expect(tab.navigations).toHaveLength(1))
    expect(control.getState().held).toBeNull()
    expect(kept()).toMatchObject({ reached: 'back-with-a-code', reading: 'back-with-a-code' })
    expect(storage.get(pauseKey)).toContain('authorization_response')
    expect(storage.get(pauseKey)).not.toContain('authorization_request')
  })

  it('offers the sign-in again when none is under way, and runs it up to the stop', async () => {
    localStorage.setItem(progressKey, JSON.stringify(upTo('back-with-a-code')))
    const { container, tab, control } = await open()
    expect(screen.queryAllByRole('radio')).toEqual([])
    expect(await findings(container)).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Start the sign-in again' }))
    await waitFor(() => expect(tab.navigations).toHaveLength(1))
    expect(control.getState().breakpoints).not.toContain('authorization_request')
  })

  it('goes back without sending anything, and forth again', async () => {
    localStorage.setItem(progressKey, JSON.stringify(upTo('three-values')))
    const { tab } = await open()
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(title().textContent).toBe('Why a code at all')
    expect(document.activeElement).toBe(title())
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
    expect(title().textContent).toBe('The verifier and the challenge')
    expect(kept()).toMatchObject({ reached: 'three-values', reading: 'verifier-and-challenge' })
    expect(tab.navigations).toEqual([])
  })

  it('lets go of what is held when the learner leaves', async () => {
    const { control, tab, onLeave } = await open()
    await predict('seen')
    await userEvent.click(screen.getByRole('button', { name: 'Start the sign-in' }))
    await waitFor(() => expect(control.getState().held).not.toBeNull())
    await userEvent.click(screen.getByRole('button', { name: 'Leave the lesson' }))
    expect(onLeave).toHaveBeenCalledOnce()
    expect(control.getState()).toMatchObject({ held: null, breakpoints: [] })
    await waitFor(() => expect(tab.navigations).toHaveLength(1))
  })

  it('says at the end how many predictions were right, and begins anew on request', async () => {
    let progress = answer(stops, upTo('catch'), 'hash')
    const last = stopOf(stops, progress)
    progress = forward(stops, settle(progress, last, 'authorization-server'))
    localStorage.setItem(progressKey, JSON.stringify(progress))
    const { container } = await open()
    expect(title().textContent).toBe('You caught a stolen code')
    expect(screen.getByText(/^\d+ of 14 predictions were right\.$/)).toBeTruthy()
    expect(await findings(container)).toEqual([])
    await act(() => userEvent.click(screen.getByRole('button', { name: 'Start over' })))
    expect(title().textContent).toBe('Why a code at all')
    expect(kept()).toEqual(begin(stops))
  })
})

describe('what ends late', { timeout: patience }, () => {
  /** At the stop about renewal, which has just been begun and ends when `end` is called. */
  async function renewing() {
    localStorage.setItem(progressKey, JSON.stringify(answered('renewal')))
    const opened = await open()
    const { client } = opened
    const { promise, resolve, reject } = later()
    vi.spyOn(client, 'renew').mockReturnValue(promise)
    act(() => client.store.setState({ status: 'signed_in', hasRefreshToken: true }))
    await userEvent.click(screen.getByRole('button', { name: 'Renew now' }))
    const end = (failure?: Error) => act(async () => (failure ? reject(failure) : resolve()))
    return { ...opened, end }
  }

  it('a renewal leads on to the next stop', async () => {
    const { end } = await renewing()
    expect(screen.getByRole('button', { name: 'Renew now' }).ariaBusy).toBe('true')
    await end()
    expect(kept()).toMatchObject({ reading: 'rotation', reached: 'rotation' })
  })

  it.each([
    ['that works', undefined],
    ['that fails', new Error('no')],
  ])('a renewal %s leaves whoever went back where they are', async (_, failure) => {
    const { end } = await renewing()
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByRole('button', { name: 'Go on' }).ariaBusy).toBeNull()
    await end(failure)
    expect(kept()).toMatchObject({ reading: 'bearer', reached: 'renewal' })
    expect(screen.queryByText(/renewal did not work/)).toBeNull()
  })

  it('an attack is kept with its stop, and leaves whoever went back where they are', async () => {
    localStorage.setItem(progressKey, JSON.stringify(answered('steal')))
    const { client } = await open()
    act(() => client.store.setState({ status: 'signed_in' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Begin the attack' }))
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    act(() => attack.end?.())
    expect(title().textContent).toBe(stops.find(({ id }) => id === 'limits')?.title)
    expect(kept()).toMatchObject({ reading: 'limits', outcomes: { steal: 'authorization-server' } })
  })

  it('a renewal changes nothing once the lesson has gone from the page', async () => {
    const { end, unmount } = await renewing()
    unmount()
    const later = JSON.stringify(upTo('limits'))
    localStorage.setItem(progressKey, later)
    await end()
    expect(localStorage.getItem(progressKey)).toBe(later)
  })

  it('no sign-in begins after the learner has left', async () => {
    const { promise, resolve } = later()
    const { client, control, unmount } = await open(promise)
    const signIn = vi.spyOn(client, 'signIn')
    await predict('seen')
    await userEvent.click(screen.getByRole('button', { name: 'Start the sign-in' }))
    await userEvent.click(screen.getByRole('button', { name: 'Leave the lesson' }))
    unmount()
    await act(async () => resolve())
    expect(signIn).not.toHaveBeenCalled()
    expect(control.getState().breakpoints).toEqual([])
  })
})

/** A promise that the test settles. */
function later() {
  let [resolve, reject] = [() => {}, (_: Error) => {}]
  const promise = new Promise<void>((kept, broken) => {
    resolve = kept
    reject = broken
  })
  return { promise, resolve: () => resolve(), reject: (failure: Error) => reject(failure) }
}

/** At this stop, with a prediction made. */
function answered(id: string): Progress {
  const progress = upTo(id)
  return answer(stops, progress, stopOf(stops, progress).question.options[0]?.id ?? '')
}

/** Answers everything before this stop with its first option. */
function upTo(id: string): Progress {
  let progress = begin(stops)
  while (progress.reading !== id)
    progress = forward(stops, answer(stops, progress, stopOf(stops, progress).question.options[0]?.id ?? ''))
  return progress
}
