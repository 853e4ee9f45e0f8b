import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Step } from '../oauth/step.ts'
import type { Trace } from './entry.ts'
import {
  failurePlaces,
  held,
  refresh,
  signIn,
  signOut,
  silentWithoutSession,
  use,
} from './fixtures.test-data.ts'
import { exportTrace, importTrace } from './trace-file.ts'

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const options = { fingerprint, now: 1_700_000_000_000 }

function traceOf(steps: readonly Step[]): Trace {
  return {
    entries: steps.map((step, i) => ({ id: `e${i + 1}`, seq: i + 1, tab: 't', step, redacted: false })),
    folded: [
      { flow: 'old', flowType: 'refresh', startedAt: 1, endedAt: 2, messages: 2, failed: false, flows: 3 },
    ],
  }
}

async function everything(): Promise<Step[]> {
  const signedIn = await signIn({ usePar: true, useDpop: true, userinfo: true })
  const renewed = await refresh(signedIn.flow, signedIn.values.refreshToken)
  const failed = await Promise.all(failurePlaces.map(failAt => signIn({ failAt })))
  return [
    ...signedIn.steps,
    ...renewed.steps,
    ...use(renewed.accessToken),
    ...signOut(signedIn.flow, { refreshToken: renewed.refreshToken, idToken: signedIn.values.idToken }),
    ...failed.flatMap(story => story.steps),
    ...(await held()).steps,
    ...(await silentWithoutSession()).steps,
  ]
}

function refusalOf(text: string): OAuthError {
  try {
    importTrace(text)
  } catch (error) {
    if (error instanceof OAuthError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('a trace as a file', () => {
  test('raw: comes back as it was, every kind of step', async () => {
    const trace = traceOf(await everything())
    const again = importTrace(exportTrace(trace, { ...options, secrets: 'raw' }))
    const entries = trace.entries.map(entry => ({ ...entry, tab: 'file t', earlier: true }))
    expect(again).toEqual({ ...trace, entries })
    const twice = importTrace(exportTrace(again, { ...options, secrets: 'raw' }))
    expect(new Set(twice.entries.map(entry => entry.tab))).toEqual(new Set(['file file t']))
  })

  test('WEB-19: redacted unless raw is asked for, and readable all the same', async () => {
    const { steps, secrets } = await signIn({ userinfo: true })
    const text = exportTrace(traceOf(steps), { ...options, secrets: 'redacted' })
    for (const secret of secrets) expect(text).not.toContain(secret)
    const { entries } = importTrace(text)
    expect(entries.map(entry => entry.step.kind)).toEqual(steps.map(step => step.kind))
    expect(entries.every(entry => entry.redacted)).toBe(true)
  })

  test('a secret that one step tells is hidden in every other', async () => {
    const { steps, values } = await signIn({ failAt: 'token_grant' })
    expect(exportTrace(traceOf(steps), { ...options, secrets: 'raw' })).toContain(`invalid: ${values.code}`)
    expect(exportTrace(traceOf(steps), { ...options, secrets: 'redacted' })).not.toContain(values.code)
  })
})

describe('what comes in is refused with the field', () => {
  const whole = async () => {
    const { steps } = await signIn()
    return exportTrace(traceOf(steps), { ...options, secrets: 'raw' })
  }
  const changed = async (from: string | RegExp, to: string) => (await whole()).replace(from, to)

  test.each<[string, string | RegExp, string, string]>([
    ['another format', 'pkce-lens-trace', 'something', 'file.format'],
    ['a later version', '"version": 1', '"version": 2', 'file.version'],
    ['a missing field', '"exportedAt": 1700000000000,', '', 'file.exportedAt'],
    ['a field too many', '"version": 1', '"version": 1, "extra": 1', 'file.extra'],
    ['an unknown kind', '"kind": "pkce_created"', '"kind": "pkce_guessed"', 'file.entries[3].step.kind'],
    [
      'a text that is a number',
      /"codeVerifier": "[^"]+"/,
      '"codeVerifier": 1',
      'file.entries[3].step.codeVerifier',
    ],
    ['a number that is a text', '"seq": 1,', '"seq": "1",', 'file.entries[0].seq'],
    ['a number that JSON cannot hold', '"seq": 1,', '"seq": 1e999,', 'file.entries[0].seq'],
    ['a number that nobody can count on from', '"seq": 1,', '"seq": 1e300,', 'file.entries[0].seq'],
    ['a number below nothing', '"seq": 1,', '"seq": -1,', 'file.entries[0].seq'],
    ['a number between two', '"seq": 1,', '"seq": 1.5,', 'file.entries[0].seq'],
    ['the largest number', '"seq": 1,', '"seq": 9007199254740991,', 'file.entries[0].seq'],
    ['a time that no calendar knows', /"at": \d+/, '"at": 1e22', 'file.entries[0].step.at'],
    ['a time that is too early', /"at": \d+/, '"at": -8640000000000001', 'file.entries[0].step.at'],
    ['a duration without end', /"duration": \d+/, '"duration": 1e22', 'file.entries[2].step.duration'],
    ['an end without end', /"expiresAt": \d+/, '"expiresAt": 1e300', 'file.entries[4].step.expiresAt'],
    ['a flow that ended too late', '"endedAt": 2', '"endedAt": 1e22', 'file.folded[0].endedAt'],
    ['half a message', '"messages": 2', '"messages": 0.5', 'file.folded[0].messages'],
    ['endless flows', '"flows": 3', '"flows": 1e300', 'file.folded[0].flows'],
    ['a list that is none', '"folded": [', '"folded": {}, "x": [', 'file.x'],
    ['an identifier twice', '"id": "e2"', '"id": "e1"', 'file.entries[1].id'],
    ['a number that does not rise', '"seq": 2,', '"seq": 1,', 'file.entries[1].seq'],
    [
      'a header that is no text',
      '"accept": "application/json"',
      '"accept": null',
      'file.entries[1].step.request.headers.accept',
    ],
    [
      'an unknown outcome',
      '"outcome": "passed"',
      '"outcome": "fine"',
      'file.entries[2].step.checks[0].outcome',
    ],
    ['a prototype', '"folded": [', '"__proto__": {}, "folded": [', 'file.__proto__'],
    ['no JSON', /^/, '<', 'file'],
  ])('%s', async (_, from, to, field) => {
    const { details } = refusalOf(await changed(from, to))
    expect(details.code).toBe('trace_file_invalid')
    expect(details.received).toBe(field)
    expect(details.hints?.[0]).toContain(field)
  })

  test.each(['null', '1', '"text"', '[]', '{}', ''])('%s', text => {
    expect(refusalOf(text).code).toBe('trace_file_invalid')
  })

  test('a file that is too long is not read at all', () => {
    expect(refusalOf(' '.repeat(32_000_001)).details.received).toBe('file')
  })

  test('no JSON document crashes it, and what it accepts it can write again', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), text => {
        expect(refusalOf(text).code).toBe('trace_file_invalid')
      }),
      { numRuns: 1_000 },
    )
  })

  test('a file with one value changed is refused or read, never a crash', { timeout: 120_000 }, async () => {
    const source: unknown = JSON.parse(
      exportTrace(traceOf(await everything()), { ...options, secrets: 'redacted' }),
    )
    const places = pathsIn(source)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        const text = JSON.stringify(replaced(source, path, value))
        try {
          const trace = importTrace(text)
          expect(importTrace(exportTrace(trace, { ...options, secrets: 'redacted' })).entries).toHaveLength(
            trace.entries.length,
          )
        } catch (error) {
          expect(error).toBeInstanceOf(OAuthError)
        }
      }),
      { numRuns: 100 },
    )
  })
})

type Path = readonly (string | number)[]

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inside = Array.isArray(value)
    ? value.flatMap((item, i) => pathsIn(item, [...at, i]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...at, key]))
  return [at, ...inside]
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? replaced(item, rest, by) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === first ? replaced(item, rest, by) : item]),
  )
}
