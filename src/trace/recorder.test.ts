import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { person, refresh, signIn, signOut, silentWithoutSession } from './fixtures.test-data.ts'
import { createRecorder, type RecorderOptions } from './recorder.ts'
import { parseRedacted } from './redact.ts'
import { jwt } from './told.test-data.ts'

function memory(room = Number.POSITIVE_INFINITY) {
  const content = new Map<string, string>()
  return {
    content,
    get: (key: string) => content.get(key) ?? null,
    set: (key: string, value: string) => {
      if (value.length > room) return false
      content.set(key, value)
      return true
    },
    remove: (key: string) => {
      content.delete(key)
    },
  }
}

function recorder(more: Partial<RecorderOptions> = {}) {
  return createRecorder({ storage: memory(), now: () => 1_000, tabId: 'tab-a', ...more })
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const stored = (storage: ReturnType<typeof memory>) => [...storage.content.values()].join('')
const kindsOf = (trace: { entries: readonly { step: Step }[] }) => trace.entries.map(entry => entry.step.kind)

describe('what is told', () => {
  test('is kept in order, raw, and at once', async () => {
    const { steps } = await signIn()
    const made = recorder()
    for (const step of steps) made.observe(step)
    const { entries } = made.getTrace()
    expect(entries.map(entry => entry.step)).toEqual(steps)
    expect(entries.map(entry => entry.seq)).toEqual(steps.map((_, i) => i + 1))
    expect(new Set(entries.map(entry => entry.id)).size).toBe(steps.length)
    expect(entries.every(entry => entry.tab === 'tab-a' && !entry.redacted)).toBe(true)
  })

  test('gives the same snapshot until something changes, and tells who listens', async () => {
    const { steps } = await signIn()
    const made = recorder()
    await made.settled()
    let calls = 0
    const stop = made.subscribe(() => calls++)
    const before = made.getTrace()
    expect(made.getTrace()).toBe(before)
    for (const step of steps.slice(0, 1)) made.observe(step)
    expect(made.getTrace()).not.toBe(before)
    expect(before.entries).toEqual([])
    expect(calls).toBe(1)
    stop()
    for (const step of steps.slice(1)) made.observe(step)
    await made.settled()
    expect(calls).toBe(1)
  })

  test('gets the fingerprint of every value: PKCE-04 that of the verifier is the start of the challenge', async () => {
    const { steps, values } = await signIn()
    const made = recorder()
    for (const step of steps) made.observe(step)
    expect(made.fingerprint(values.verifier)).toBeNull()
    const before = made.getTrace()
    await made.settled()
    expect(made.getTrace()).not.toBe(before)
    for (const text of Object.values(values)) expect(made.fingerprint(text)).toBe(sha(text))
    const challenge = Buffer.from(values.challenge, 'base64url').toString('hex')
    expect(challenge.slice(0, 16)).toBe(made.fingerprint(values.verifier))
    expect(made.fingerprint('never seen')).toBeNull()
  })

  test('gets the time of the recorder when it has none', async () => {
    const made = recorder()
    made.observe({
      kind: 'session_changed',
      flow: 'f',
      flowType: 'use',
      at: Number.NaN,
      status: 'renewed',
      reason: '',
    })
    expect(made.getTrace().entries[0]?.step.at).toBe(1_000)
  })
})

describe('putting away', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('waits until the page has had its turn, and not longer than somebody waits for it', async () => {
    const { steps } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    await made.settled()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    for (const step of steps) made.observe(step)
    for (let turn = 0; turn < 50; turn++) await new Promise(done => setImmediate(done))
    expect(stored(storage)).toBe('')
    await made.settled()
    expect(stored(storage)).toContain('token_response')
  })

  test('a page that goes away at once leaves its story all the same, without a secret', async () => {
    const { steps, secrets } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    await made.settled()
    for (const step of steps) made.observe(step)
    made.flush()
    const left = stored(storage)
    expect(secrets.filter(secret => left.includes(secret))).toEqual([])
    const next = recorder({ storage })
    await next.settled()
    expect(kindsOf(next.getTrace())).toEqual(steps.map(step => step.kind))
  })

  test.each([
    { took: 20, rest: 180 },
    { took: 200, rest: 500 },
  ])('after $took ms of it the page has $rest ms for itself', async ({ took, rest }) => {
    const [step] = (await signIn()).steps
    if (!step) throw new Error('no step')
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    let clock = 0
    vi.spyOn(performance, 'now').mockImplementation(() => clock)
    let writes = 0
    const slow = memory()
    const set = (key: string, value: string) => {
      writes++
      clock += took
      return slow.set(key, value)
    }
    /** Hashes are computed outside of the clock. */
    const written = async (count: number) => {
      for (let turn = 0; turn < 1_000 && writes < count; turn++) await new Promise(done => setImmediate(done))
      return writes
    }
    const made = recorder({ storage: { ...slow, set } })
    made.observe(step)
    await vi.advanceTimersByTimeAsync(0)
    expect(await written(1)).toBe(1)
    made.observe(step)
    await vi.advanceTimersByTimeAsync(rest - 1)
    expect(await written(2)).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await written(2)).toBe(2)
  })
})

describe('over a redirect and a reload', () => {
  test('the story goes on, with rising numbers and the same identifiers', async () => {
    const { steps, values } = await signIn()
    const storage = memory()
    const cut = steps.findIndex(step => step.kind === 'authorization_response')
    const first = recorder({ storage })
    for (const step of steps.slice(0, cut)) first.observe(step)
    await first.settled()
    const ids = first.getTrace().entries.map(entry => entry.id)

    const second = recorder({ storage })
    for (const step of steps.slice(cut)) second.observe(step)
    await second.settled()
    const { entries } = second.getTrace()
    expect(kindsOf({ entries })).toEqual(steps.map(step => step.kind))
    expect(entries.slice(0, cut).map(entry => entry.id)).toEqual(ids)
    expect(entries.map(entry => entry.seq)).toEqual(steps.map((_, i) => i + 1))
    expect(entries.map(entry => entry.redacted)).toEqual(steps.map((_, i) => i < cut))
    expect(entries.map(entry => entry.earlier === true)).toEqual(steps.map((_, i) => i < cut))
    const made = entries.find(entry => entry.step.kind === 'pkce_created')?.step
    expect(made?.kind === 'pkce_created' && parseRedacted(made.codeVerifier)).toEqual({
      value: 'code_verifier',
      length: 43,
      fingerprint: sha(values.verifier),
    })
    expect(made?.kind === 'pkce_created' && second.fingerprint(made.codeVerifier)).toBe(sha(values.verifier))
    expect(made?.kind === 'pkce_created' && made.codeChallenge).toBe(values.challenge)
  })

  test('TOK-13: nothing secret is in the storage', async () => {
    const { steps, secrets } = await signIn({ userinfo: true, useDpop: true })
    const storage = memory()
    const made = recorder({ storage })
    for (const step of steps) made.observe(step)
    await made.settled()
    const text = stored(storage)
    expect(text).toContain('redacted.access_token.')
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toContain(person.sub)
  })

  test('a secret that an error text repeats is found too', async () => {
    const { steps, values } = await signIn({ failAt: 'token_grant' })
    expect(JSON.stringify(steps.at(-1))).toContain(values.code)
    const storage = memory()
    const made = recorder({ storage })
    for (const step of steps) made.observe(step)
    await made.settled()
    expect(stored(storage)).toContain('grant request is invalid')
    expect(stored(storage)).not.toContain(values.code)
  })

  test('TOK-13: a token answer that cannot be read leaves nothing of itself, nor do its tokens elsewhere', async () => {
    const token = 'M.C507_BAY.0.U.-Cl!kq9*Zx8w7v6u5t4s3r2q1p$'
    const { steps } = await signIn({ failAt: 'token_grant' })
    const storage = memory()
    const made = recorder({ storage })
    for (const step of steps) {
      if (step.kind === 'token_response')
        made.observe({
          ...step,
          response: { ...step.response, body: `Notice: {"refresh_token":"${token}"}` },
        })
      else if (step.kind === 'failed')
        made.observe({ ...step, error: { ...step.error, protocolDescription: `no ${token.slice(0, 30)}` } })
      else made.observe(step)
    }
    await made.settled()
    expect(stored(storage)).toMatch(/"body":"redacted\.secret\.\d+"/)
    expect(stored(storage)).toContain('no redacted.secret.30')
  })

  test('a person whose name is told later is hidden in what was stored before', async () => {
    const { steps, flow } = await signIn({ userinfo: true })
    const storage = memory()
    const made = recorder({ storage })
    made.observe({
      kind: 'failed',
      flow,
      flowType: 'sign_in',
      at: 1,
      during: 'token_response',
      error: { code: 'x', protocolDescription: `no ${person.email}, ${encodeURIComponent(person.email)}` },
    })
    await made.settled()
    expect(stored(storage)).toContain(person.email)
    for (const step of steps) made.observe(step)
    await made.settled()
    const hidden = `redacted.personal.${person.email.length}`
    expect(stored(storage)).toContain(`no ${hidden}, ${hidden}`)
    expect(stored(storage)).not.toContain(person.email)
  })

  test('another tab does not see it', async () => {
    const { steps } = await signIn()
    const storage = memory()
    const first = recorder({ storage })
    for (const step of steps) first.observe(step)
    await first.settled()
    const copy = recorder({ storage, tabId: 'tab-b' })
    await copy.settled()
    expect(copy.getTrace().entries).toEqual([])
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"next":7,"version":1}',
    '{"next":3,"version":2,"tab":"tab-a","entries":[],"folded":[]}',
  ])('a stored copy that cannot be read is left alone: %s', async text => {
    const storage = memory()
    storage.set('pkce-lens.trace', text)
    const made = recorder({ storage })
    await made.settled()
    expect(made.getTrace()).toEqual({ entries: [], folded: [] })
  })

  test('a page that comes back from the back/forward cache takes over what happened meanwhile', async () => {
    const { steps } = await signIn()
    const storage = memory()
    const cut = steps.findIndex(step => step.kind === 'authorization_response')
    const first = recorder({ storage })
    for (const step of steps.slice(0, cut)) first.observe(step)
    await first.settled()
    const second = recorder({ storage })
    for (const step of steps.slice(cut)) second.observe(step)
    await second.settled()
    first.resume()
    const more = await refresh('f', 'r')
    for (const step of more.steps) first.observe(step)
    await first.settled()
    const { entries } = first.getTrace()
    expect(kindsOf({ entries })).toEqual([...steps, ...more.steps].map(step => step.kind))
    expect(new Set(entries.map(entry => entry.id)).size).toBe(entries.length)
    expect(entries.slice(0, cut).every(entry => !entry.redacted)).toBe(true)
    expect(entries.map(entry => entry.earlier === true)).toEqual(
      entries.map((_, i) => i >= cut && i < steps.length),
    )
  })
})

describe('after a sign-out', () => {
  const told = { flow: 'f', flowType: 'sign_in', at: 1 } as const
  const gone = (flow: string, reason = 'another tab signed out'): Step => ({
    kind: 'session_changed',
    flow,
    flowType: 'sign_out',
    at: 2,
    status: 'signed_out',
    reason,
  })
  const text = (made: ReturnType<typeof recorder>) => JSON.stringify(made.getTrace().entries)

  test('TOK-13: the story is as a reload would show it, with the messages of the sign-out', async () => {
    const { steps, flow, secrets, values } = await signIn({ userinfo: true, useDpop: true })
    const storage = memory()
    const made = recorder({ storage })
    const leaving = signOut(flow, values)
    for (const step of [...steps, ...leaving]) made.observe(step)
    const ids = made.getTrace().entries.map(({ id, seq }) => ({ id, seq }))
    await made.settled()
    const { entries } = made.getTrace()
    expect(entries.map(({ id, seq }) => ({ id, seq }))).toEqual(ids)
    expect(secrets.filter(secret => text(made).includes(secret))).toEqual([])
    const next = recorder({ storage })
    await next.settled()
    expect(next.getTrace().entries).toEqual(entries.map(entry => ({ ...entry, earlier: true })))
    // Every value keeps its thread, also that of a step which was told in the same moment.
    for (const name of ['id_token', 'refresh_token'] as const)
      expect(
        text(made).match(new RegExp(`redacted\\.${name}\\.\\d+\\.[0-9a-f]{16}`, 'g'))?.length,
      ).toBeGreaterThan(1)
    expect(text(made)).not.toMatch(/redacted\.(id|refresh|access)_token\.\d+\."/)
  })

  test('whenever it is told, in this tab or another one, and what comes late is as little to be read', async () => {
    const { steps, flow, values, secrets } = await signIn({ userinfo: true })
    const renewed = await refresh(flow, values.refreshToken)
    const cut = renewed.steps.findIndex(({ kind }) => kind === 'refresh_response')
    const made = recorder()
    for (const step of [...steps, ...renewed.steps.slice(0, cut)]) made.observe(step)
    await made.settled()
    expect(text(made)).toContain(values.accessToken)
    // Told of the flow that asked for more, the newest.
    made.observe(gone('more'))
    await made.settled()
    const late = steps.filter(({ kind }) => kind === 'profile_request' || kind === 'profile_response')
    const quote = `no ${values.refreshToken}`
    const failed: Step = {
      ...told,
      flow,
      kind: 'failed',
      during: 'profile_response',
      error: { code: 'x', received: quote },
    }
    for (const step of [
      ...renewed.steps.slice(cut),
      ...late,
      failed,
      ...signOut(flow, { ...values, ...renewed }).filter(({ kind }) => kind !== 'session_changed'),
    ])
      made.observe(step)
    await made.settled()
    const all = [...secrets, ...renewed.secrets]
    expect(all.filter(secret => text(made).includes(secret))).toEqual([])
    expect(made.getTrace().entries.every(entry => entry.redacted)).toBe(true)
  })

  test('the next sign-in is raw, and the sign-in that was on its way goes on', async () => {
    const [one, two, asked] = await Promise.all([
      signIn(),
      signIn({ via: 'popup' }),
      signIn({ via: 'popup' }),
    ])
    const cut = asked.steps.findIndex(({ kind }) => kind === 'authorization_response')
    const made = recorder()
    for (const step of [...one.steps, ...asked.steps.slice(0, cut), gone(one.flow)]) made.observe(step)
    await made.settled()
    for (const step of [...asked.steps.slice(cut), ...two.steps]) made.observe(step)
    await made.settled()
    const { entries } = made.getTrace()
    expect(entries.slice(-two.steps.length).map(({ step }) => step)).toEqual(two.steps)
    const rest = entries.filter(({ step }) => step.flow === asked.flow).slice(cut)
    expect(rest.map(({ step }) => step)).toEqual(asked.steps.slice(cut))
    expect(
      one.secrets.filter(secret => JSON.stringify(entries.slice(0, one.steps.length)).includes(secret)),
    ).toEqual([])
    made.observe(gone(two.flow))
    await made.settled()
    expect(made.getTrace().entries.every(entry => entry.redacted)).toBe(true)
  })

  test('TOK-13: nor is anything of them left when another person signs in by a window', async () => {
    const one = await signIn()
    const two = await signIn({ via: 'popup' })
    const idToken = await jwt({ sub: 'somebody-else' })
    const theirs = two.steps.map(step => (step.kind === 'id_token_checked' ? { ...step, idToken } : step))
    const made = recorder()
    for (const step of [...one.steps, ...theirs]) made.observe(step)
    await made.settled()
    const late = one.steps.slice(-2)
    for (const step of late) made.observe(step)
    await made.settled()
    const { entries } = made.getTrace()
    expect(entries.slice(one.steps.length, -late.length).map(({ step }) => step)).toEqual(theirs)
    const { verifier, code, accessToken, refreshToken } = one.values
    const left = JSON.stringify(entries.filter(({ step }) => step.flow === one.flow))
    expect([verifier, code, accessToken, refreshToken].filter(secret => left.includes(secret))).toEqual([])
  })

  test('a sign-in that failed, or found nobody, stays raw', async () => {
    for (const { steps } of [
      await signIn({ failAt: 'token_grant' }),
      await signIn({ failAt: 'id_token_nonce' }),
      await silentWithoutSession(),
    ]) {
      const made = recorder()
      for (const step of steps) made.observe(step)
      await made.settled()
      expect(made.getTrace().entries.map(({ step }) => step)).toEqual(steps)
    }
  })

  test('a trace from a file, with the sign-out of another tab, stays as it is until somebody signs out here', async () => {
    const { steps, flow, values } = await signIn()
    const made = recorder()
    const entries = [...steps, gone(flow)].map((step, i) => ({
      id: `e${i + 1}`,
      seq: i + 1,
      tab: 'other',
      step,
      redacted: false,
    }))
    made.load({ entries, folded: [] })
    await made.settled()
    expect(made.getTrace().entries).toEqual(entries)
    made.observe(gone('own'))
    await made.settled()
    expect(text(made)).not.toContain(values.accessToken)
  })

  test('values that were stored before they had a hash get it all the same', async () => {
    const { steps, flow, values } = await signIn()
    const made = recorder()
    await made.settled()
    for (const step of [...steps, gone(flow)]) made.observe(step)
    made.flush()
    await made.settled()
    expect(text(made)).toContain(
      `redacted.refresh_token.${values.refreshToken.length}.${sha(values.refreshToken)}`,
    )
  })

  test('a story that is folded away later is forgotten', async () => {
    const { steps, flow, values } = await signIn({ userinfo: true })
    const made = recorder({ limits: { flows: 2 } })
    for (const step of [...steps, ...signOut(flow, values)]) made.observe(step)
    await made.settled()
    expect(made.fingerprint(values.refreshToken)).toBe(sha(values.refreshToken))
    for (const story of [await signIn(), await signIn()]) for (const step of story.steps) made.observe(step)
    await made.settled()
    expect(made.getTrace().entries.some(({ step }) => step.flow === flow)).toBe(false)
    expect(made.fingerprint(values.refreshToken)).toBeNull()
  })
})

describe('bounds', () => {
  test('1,000 renewals: the memory holds 2,000 entries and 40 flows at most, and the sign-in whole', {
    timeout: 120_000,
  }, async () => {
    const { steps, flow, values } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    for (const step of steps) made.observe(step)
    let spent = values.refreshToken
    let oldest = ''
    for (let i = 0; i < 1_000; i++) {
      const renewed = await refresh(flow, spent)
      for (const step of renewed.steps) made.observe(step)
      spent = renewed.refreshToken
      if (i === 0) oldest = spent
      if (i % 100 === 0) await made.settled()
    }
    await made.settled()
    const { entries, folded } = made.getTrace()
    expect(entries.length).toBeLessThanOrEqual(2_000)
    expect(new Set(entries.map(entry => entry.step.flow)).size).toBe(40)
    expect(folded.length).toBeLessThanOrEqual(200)
    expect(folded.reduce((sum, line) => sum + (line.flows ?? 1), 0)).toBe(1_000 - 39)
    expect(entries.filter(entry => entry.step.flow === flow)).toHaveLength(steps.length)
    expect(made.fingerprint(oldest)).toBeNull()
    expect(made.fingerprint(spent)).toBe(sha(spent))
    expect(stored(storage).length).toBeLessThanOrEqual(500_000)
  })

  test('a storage with little room gets the newest flows', async () => {
    const { steps, flow, values } = await signIn()
    const storage = memory(40_000)
    const made = recorder({ storage, limits: { stored: 60_000 } })
    for (const step of steps) made.observe(step)
    for (let i = 0; i < 30; i++)
      for (const step of (await refresh(flow, values.refreshToken)).steps) made.observe(step)
    await made.settled()
    expect(stored(storage).length).toBeGreaterThan(10_000)
    const next = recorder({ storage })
    await next.settled()
    const before = made.getTrace().entries
    const { entries, folded } = next.getTrace()
    expect(entries.length).toBeLessThan(before.length)
    expect(entries.at(-1)?.id).toBe(before.at(-1)?.id)
    expect(entries.filter(entry => entry.step.flow === flow)).toHaveLength(steps.length)
    expect(folded.length).toBeGreaterThan(0)
  })

  test('a long body is cut in the stored copy only', async () => {
    const { steps } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    const long = steps.map(step =>
      step.kind === 'discovery_response'
        ? { ...step, response: { ...step.response, body: 'x'.repeat(100_000) } }
        : step,
    )
    for (const step of long) made.observe(step)
    await made.settled()
    expect(stored(storage).length).toBeLessThan(50_000)
    expect(made.getTrace().entries.map(entry => entry.step)).toEqual(long)
  })

  test('a body that is longer than 65,536 signs is one placeholder in the stored copy, and known all the same', async () => {
    const { steps } = await signIn({ userinfo: true })
    const storage = memory()
    const made = recorder({ storage })
    const items = Array.from({ length: 8_000 }, (_, i) => `item ${i}`)
    const length = JSON.stringify({ ...person, items }).length
    for (const step of steps)
      made.observe(
        step.kind === 'userinfo_response'
          ? { ...step, response: { ...step.response, body: JSON.stringify({ ...person, items }) } }
          : step,
      )
    await made.settled()
    expect(length).toBeGreaterThan(65_536)
    expect(stored(storage)).toContain(`"body":"redacted.personal.${length}"`)
    expect(stored(storage)).not.toContain(person.email)
    expect(JSON.stringify(made.getTrace())).toContain('item 7999')
  })

  test('a storage that refuses, and one that throws, cost nothing but the memory of a reload', async () => {
    const { steps } = await signIn()
    const refuses = recorder({ storage: memory(0) })
    const thrower = () => {
      throw new Error('blocked')
    }
    const throws = recorder({ storage: { get: thrower, set: thrower, remove: thrower } })
    for (const made of [refuses, throws]) {
      for (const step of steps) made.observe(step)
      await made.settled()
      expect(made.getTrace().entries).toHaveLength(steps.length)
    }
  })
})

describe('the session never notices', () => {
  test('a listener that throws', async () => {
    const { steps } = await signIn()
    const made = recorder()
    let heard = 0
    made.subscribe(() => {
      throw new Error('listener')
    })
    made.subscribe(() => heard++)
    for (const step of steps) made.observe(step)
    expect(heard).toBe(steps.length)
    await made.settled()
  })

  test('a step that cannot be written leaves a gap in the stored copy, not in the story', async () => {
    const { steps } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    const [first, ...rest] = steps
    if (first === undefined) throw new Error('no steps')
    const circular: { self?: unknown } = {}
    circular.self = circular
    made.observe(Object.assign({}, first, { extra: circular }))
    for (const step of rest) made.observe(step)
    await made.settled()
    expect(made.getTrace().entries).toHaveLength(steps.length)
    const next = recorder({ storage })
    await next.settled()
    expect(kindsOf(next.getTrace())).toEqual(rest.map(step => step.kind))
  })
})

describe('load', () => {
  test('what was there goes, the stored copy and what is not read of it yet too', async () => {
    const { steps, values } = await signIn()
    const storage = memory()
    const made = recorder({ storage })
    for (const step of steps) made.observe(step)
    await made.settled()
    const next = recorder({ storage })
    for (const each of [made, next]) {
      each.load({ entries: [], folded: [] })
      await each.settled()
      expect(each.getTrace()).toEqual({ entries: [], folded: [] })
      expect(stored(storage)).toBe('')
      expect(each.fingerprint(values.code)).toBeNull()
    }
  })

  test('after the largest numbers that a file may have it counts on, over a reload too', async () => {
    const { steps } = await signIn()
    const [step, ...rest] = steps
    if (step === undefined) throw new Error('no steps')
    const storage = memory()
    const made = recorder({ storage })
    const last = { id: 'e99999999999999', seq: 99_999_999_999_999, tab: 't', step, redacted: false }
    made.load({ entries: [last], folded: [] })
    for (const step of rest) made.observe(step)
    await made.settled()
    const next = recorder({ storage })
    next.observe(step)
    await next.settled()
    const { entries } = next.getTrace()
    expect(entries.map(entry => entry.seq)).toEqual([...steps, step].map((_, i) => last.seq + i))
    expect(new Set(entries.map(entry => entry.id)).size).toBe(entries.length)
  })

  test('no id is given twice, though the ids of a file run ahead of its numbers', async () => {
    const [step, ...rest] = (await signIn()).steps
    if (step === undefined) throw new Error('no steps')
    const made = recorder()
    const loaded = { id: `e${rest.length}`, seq: 1, tab: 't', step, redacted: false }
    made.load({ entries: [loaded], folded: [] })
    for (const each of rest) made.observe(each)
    const { entries } = made.getTrace()
    expect(new Set(entries.map(entry => entry.id)).size).toBe(rest.length + 1)
  })

  test('load shows another trace, and what happens next is appended', async () => {
    const one = await signIn()
    const other = await signIn()
    const source = recorder()
    for (const step of one.steps) source.observe(step)
    await source.settled()
    const made = recorder()
    for (const step of other.steps) made.observe(step)
    made.load(source.getTrace())
    expect(made.getTrace()).toEqual(source.getTrace())
    const more = await refresh(one.flow, one.values.refreshToken)
    for (const step of more.steps) made.observe(step)
    await made.settled()
    const { entries } = made.getTrace()
    expect(entries).toHaveLength(one.steps.length + more.steps.length)
    expect(new Set(entries.map(entry => entry.id)).size).toBe(entries.length)
    expect(made.fingerprint(one.values.code)).toBe(sha(one.values.code))
    expect(made.fingerprint(other.values.code)).toBeNull()
  })
})
