/** Whatever is changed in a held message of a real sign-in, somebody is named in the end. Real provider, real client. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLabPorts, memoryStore } from '../attack/lab-ports.ts'
import { stoppers } from '../attack/parties.ts'
import { type RealProvider, startRealProvider } from '../experiments/real-provider.test-data.ts'
import type { HeldMessage, Step } from '../oauth/step.ts'
import { type Client, createClient } from '../session/client.ts'
import { type Breakpoint, breakpointKinds } from './breakpoints.ts'
import { createDebugger } from './debugger.ts'
import { type Field, fieldsOf, withFields, withRaw } from './edits.ts'
import { outcomeOf } from './outcome.ts'

let real: RealProvider
beforeAll(async () => {
  real = await startRealProvider()
})
afterAll(() => real.demo.close())

/** Those that a sign-in and one renewal of the demo's own API send. */
const kinds = breakpointKinds.filter(kind => !/^(userinfo|api|revocation|end_session)_/.test(kind))

type Edit = (message: HeldMessage) => HeldMessage

/** Lets everything pass but the first message of this kind. */
function tamperOnce(kind: Breakpoint, edit: Edit, steps: Step[]) {
  const debug = createDebugger({
    storage: memoryStore(),
    observe: step => void steps.push(step),
    now: Date.now,
  })
  debug.setBreakpoints([kind])
  const sent = { flow: '', after: 0 }
  let isSent = false
  debug.subscribe(() => {
    const { held } = debug.getState()
    if (!held || isSent) return
    isSent = true
    debug.setBreakpoints([])
    sent.flow = held.flow
    sent.after = steps.length
    debug.send(edit(held.message))
  })
  return { hold: debug.hold, sent }
}

const profileIsThere = (client: Client) =>
  new Promise<void>(resolve => {
    const look = () => {
      const { status, profile } = client.store.getState()
      if (status === 'signed_out' || (status === 'signed_in' && /^(ready|failed)$/.test(profile.status)))
        resolve()
    }
    client.store.subscribe(look)
    look()
  })

/** A sign-in with one renewal after it; pages come and go as in a browser. */
async function signInTampered(kind: Breakpoint, edit: Edit) {
  const { surroundings, config } = real.options
  const steps: Step[] = []
  const { hold, sent } = tamperOnce(kind, edit, steps)
  const observe = (step: Step) => void steps.push(step)
  const ports = createLabPorts(surroundings, memoryStore(), { hold, observe })
  const used = { ...config, par: kind.startsWith('par_') ? true : config.par, restore: 'off' as const }
  const newPage = () => createClient({ config: async () => used, ports })

  const leaving = newPage()
  await leaving.signIn()
  leaving.stop()
  const address = ports.left()
  if (address !== null) {
    const frame = surroundings.watchFrame(address)
    const query = await Promise.race([frame.answer, frame.silence])
    const back = newPage()
    const path = frame.path() ?? '/callback'
    const url = query === undefined ? '/' : `${path}${query}`
    await back.boot({ url: new URL(url, config.redirectUri).href, isProtected: false })
    await profileIsThere(back)
    if (back.store.getState().status === 'signed_in') await back.renew().catch(() => {})
    back.stop()
  }
  const rest = steps.slice(sent.after)
  return { held: sent.flow !== '', rest, outcome: outcomeOf(sent.flow, rest) }
}

const value = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constant('a'.repeat(5_000)),
)
const pick = fc.nat()

const chosen = (fields: readonly Field[], at: number): Field | undefined => fields[at % fields.length]

const byField = fc.tuple(pick, value).map(([at, next]): { name: string; edit: Edit } => ({
  name: `field ${at} becomes ${next === null ? 'nothing' : JSON.stringify(next.slice(0, 40))}`,
  edit: message => {
    const field = chosen(fieldsOf(message), at)
    return field ? withFields(message, new Map([[field.id, next]])) : message
  },
}))
const byRaw = fc
  .oneof(fc.string({ maxLength: 200 }), fc.json())
  .map((text): { name: string; edit: Edit } => ({
    name: `raw ${JSON.stringify(text.slice(0, 40))}`,
    edit: message => withRaw(message, text) ?? message,
  }))
const anEdit = fc.oneof({ weight: 4, arbitrary: byField }, { weight: 1, arbitrary: byRaw })

describe('tampering with any parameter of any held message ends in a named verdict', () => {
  it.each(kinds)('%s', async kind => {
    await fc.assert(
      fc.asyncProperty(anEdit, async ({ edit }) => {
        const { held, rest, outcome } = await signInTampered(kind, edit)
        expect(held).toBe(true)
        expect(outcome, rest.map(step => step.kind).join()).not.toBeNull()
        expect(stoppers).toContain(outcome?.by)
        if (outcome?.by !== 'nobody') expect(outcome?.code).toMatch(/^[a-z_]+$/)
      }),
      { numRuns: 20 },
    )
  })

  it.each([null, '', 'x'])('each field of each request and callback becomes %j', async value => {
    for (const kind of kinds.filter(each => /request$|^authorization_response$/.test(each)))
      for (let at = 0, more = true; more; at += 1) {
        let name = ''
        const edit: Edit = message => {
          const fields = fieldsOf(message)
          const field = fields[at]
          more = at + 1 < fields.length
          name = field?.id ?? ''
          return field ? withFields(message, new Map([[field.id, value]])) : message
        }
        const { held, rest, outcome } = await signInTampered(kind, edit)
        expect(held, kind).toBe(true)
        expect(outcome?.by, `${kind} ${name}: ${rest.map(step => step.kind).join()}`).toBeDefined()
      }
  })
})
