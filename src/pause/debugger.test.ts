import { describe, expect, it } from 'vitest'
import { memoryStore } from '../attack/lab-ports.ts'
import type { HeldMessage, Step } from '../oauth/step.ts'
import { toggled } from './breakpoints.ts'
import { createDebugger } from './debugger.ts'
import { pauseKey } from './pause-key.ts'

const callback = (name: string): HeldMessage => ({
  type: 'callback',
  url: `https://app.example/callback?code=${name}`,
})
const signIn = { id: 'flow', type: 'sign_in' } as const

function start(storage = memoryStore()) {
  const steps: Step[] = []
  const debug = createDebugger({ storage, observe: step => void steps.push(step), now: () => 7 })
  return { debug, steps, storage }
}

describe('the debugger', () => {
  it('lets everything pass while nothing is set', async () => {
    const { debug, steps, storage } = start()
    expect(await debug.hold(callback('a'), signIn)).toEqual(callback('a'))
    expect([steps, debug.getState().held, storage.get(pauseKey)]).toEqual([[], null, null])
  })

  it('holds before each message until it is sent, edited or not', async () => {
    const { debug, steps } = start()
    debug.pauseEach(true)
    const held = debug.hold(callback('a'), signIn)
    expect(debug.getState().held).toMatchObject({ kind: 'authorization_response', flow: 'flow', serial: 1 })
    expect(steps).toMatchObject([{ kind: 'held', flow: 'flow', flowType: 'sign_in', at: 7 }])
    debug.send(callback('b'))
    expect(await held).toEqual(callback('b'))
    expect(debug.getState().held).toBeNull()
  })

  it('next: lets go and stops once more, then no more', async () => {
    const { debug } = start()
    debug.next()
    const first = debug.hold(callback('a'), signIn)
    debug.next()
    expect(await first).toEqual(callback('a'))
    const second = debug.hold(callback('b'), signIn)
    expect(debug.getState()).toMatchObject({ once: false, each: false })
    debug.send(callback('b'))
    expect(await second).toEqual(callback('b'))
    expect(await debug.hold(callback('c'), signIn)).toEqual(callback('c'))
  })

  it('next: lets an edited message go on as it was edited', async () => {
    const { debug } = start()
    debug.pauseEach(true)
    const held = debug.hold(callback('a'), signIn)
    debug.next(callback('b'))
    expect(await held).toEqual(callback('b'))
  })

  it('holds one at a time, in the order in which they came', async () => {
    const { debug, steps } = start()
    debug.pauseEach(true)
    const both = [debug.hold(callback('a'), signIn), debug.hold(callback('b'), signIn)]
    expect(debug.getState().held?.message).toEqual(callback('a'))
    debug.drop()
    expect(debug.getState().held?.message).toEqual(callback('b'))
    debug.send(callback('b'))
    expect(await Promise.all(both)).toEqual([null, callback('b')])
    expect(steps.map(step => step.kind)).toEqual(['held', 'held'])
  })

  it('run: everything that waits goes on, unchanged, and nothing is kept', async () => {
    const { debug, storage } = start()
    debug.pauseEach(true)
    const both = [debug.hold(callback('a'), signIn), debug.hold(callback('b'), signIn)]
    expect(storage.get(pauseKey)).not.toBeNull()
    debug.run()
    expect(await Promise.all(both)).toEqual([callback('a'), callback('b')])
    expect([debug.getState().held, storage.get(pauseKey)]).toEqual([null, null])
  })

  it('what a page asks for while it loads stops at a breakpoint only', async () => {
    const { debug } = start()
    debug.pauseEach(true)
    const prepare = { id: 'p', type: 'prepare' } as const
    expect(await debug.hold(callback('a'), prepare)).toEqual(callback('a'))
    debug.setBreakpoints(['authorization_response'])
    const held = debug.hold(callback('a'), prepare)
    expect(debug.getState().held?.kind).toBe('authorization_response')
    debug.run()
    await held
  })

  it('a kind is put in, in the order of the flow, and taken out; no other word is a kind', () => {
    expect(toggled(['token_request'], 'discovery_request')).toEqual(['discovery_request', 'token_request'])
    expect(toggled(['token_request'], 'token_request')).toEqual([])
    expect(toggled(['token_request'], 'nonsense')).toEqual(['token_request'])
  })

  it('what is set survives the redirect', () => {
    const { debug, storage } = start()
    debug.pauseEach(true)
    debug.setBreakpoints(['token_request'])
    expect(start(storage).debug.getState()).toMatchObject({
      each: true,
      once: false,
      breakpoints: ['token_request'],
      held: null,
    })
  })

  it.each(['', 'null', '[]', '{"breakpoints":["nonsense",7],"each":"yes"}'])(
    'kept nonsense is nothing: %s',
    text => {
      const storage = memoryStore()
      storage.set(pauseKey, text)
      expect(start(storage).debug.getState()).toEqual({
        each: false,
        once: false,
        breakpoints: [],
        held: null,
      })
    },
  )
})
