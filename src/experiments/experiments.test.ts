/** Every experiment against the real demo provider, with its defence and without. What needs a page is in e2e. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../attack/lab-ports.ts'
import { longerGrace } from '../attack/refresh-attack.ts'
import { createControl } from '../lab/control.ts'
import type { Run, RunnerOptions } from '../lab/runner.ts'
import { runExperiment } from '../lab/runner.ts'
import { experiments } from './list.ts'
import { type RealProvider, startRealProvider } from './real-provider.test-data.ts'

/** Checks of the app that are taken out, by requirement: the comparison is made and its result ignored. */
const removed = vi.hoisted(() => new Set<string>())
vi.mock('../oauth/check.ts', async importOriginal => {
  const original = await importOriginal<typeof import('../oauth/check.ts')>()
  return {
    ...original,
    checklist: () => {
      const list = original.checklist()
      const { add } = list
      list.add = (requirement, name, clause, expected, received, ok, ...rest) =>
        add(requirement, name, clause, expected, received, ok || removed.has(requirement), ...rest)
      return list
    },
  }
})

let real: RealProvider
beforeAll(async () => {
  real = await startRealProvider()
})
afterAll(() => real.demo.close())
afterEach(() => {
  removed.clear()
  vi.useRealTimers()
})

const needsAPage = new Set(['injected-message', 'framed-consent'])
const here = experiments.filter(({ id }) => !needsAPage.has(id))

function run(id: string, undefended = false, options: RunnerOptions = real.options): Promise<Run> {
  const experiment = experiments.find(each => each.id === id)
  if (!experiment) throw new Error(`no experiment ${id}`)
  return runExperiment(options, experiment, new AbortController().signal, undefended)
}

/** How each ends when everybody does what they should. */
const evidence: Readonly<Record<string, string>> = {
  'stolen-code-no-verifier': '400 invalid_grant',
  'stolen-code-wrong-verifier': '400 invalid_grant',
  'challenge-as-verifier': '400 invalid_grant',
  'code-of-another-client': '400 invalid_grant',
  'forged-state': 'auth_response_state_unknown',
  'missing-state': 'auth_response_state_missing',
  'mix-up': 'auth_response_issuer_mismatch',
  'redirect-extra-query': 'stayed at the provider',
  'redirect-other-path': 'stayed at the provider',
  'pkce-left-out': 'invalid_request',
  'pkce-plain': 'invalid_request',
  'verifier-without-challenge': '400 invalid_grant',
  'nonce-replayed': 'id_token_nonce_mismatch',
  'id-token-altered': 'id_token_signature_invalid',
  'id-token-alg-none': 'id_token_alg_none',
  'id-token-key-swapped': 'id_token_signature_invalid',
  'access-token-altered': '401 invalid_token',
  'id-token-as-access-token': '401 invalid_token',
  'token-in-query': '400 invalid_request',
  'insufficient-scope': '403 insufficient_scope',
  'other-audience': '401 invalid_token',
  'expired-token': '401 invalid_token',
  'dpop-no-proof': '401 invalid_token',
  'dpop-proof-replayed': '401 invalid_dpop_proof',
  'dpop-other-key': '401 invalid_token',
  'refresh-wider-scope': '400 invalid_scope',
  'code-replay': '400 invalid_grant',
  'code-replay-first-token': '401 invalid_token',
  'refresh-replay': '400 invalid_grant',
  'refresh-family': '400 invalid_grant',
  'revoked-token': '401 invalid_token',
}

describe('with every defence in place', () => {
  it.each(here.map(each => [each.id, each] as const))(
    '%s is blocked by the promised party',
    async (id, experiment) => {
      const { outcome, evidence: shown, faults } = await run(id)
      expect(outcome).toEqual({
        verdict: 'blocked',
        by: experiment.defender,
        code: evidence[id],
        because: '',
      })
      expect(faults).toEqual(experiment.switches ?? [])
      // The attacker is in the picture, and the shield stands on the lifeline of the one who stopped it.
      expect(shown?.lanes).toContain('attacker')
      expect(shown?.lines.filter(({ mark }) => mark !== null)).toEqual([
        expect.objectContaining({
          mark: 'stopped',
          from: experiment.defender,
          to: experiment.defender,
          text: experiment.check,
        }),
      ])
    },
    40_000,
  )

  it('leaves no fault switched on', () => {
    expect(real.demo.weaknesses.on).toEqual([])
  })
})

describe('with the defence of a server switched off', () => {
  it.each(here.filter(({ off }) => off).map(({ id, off }) => [id, off] as const))(
    '%s goes through (%s)',
    async (id, off) => {
      const { outcome, faults, evidence: shown, undefended } = await run(id, true)
      expect(outcome).toMatchObject({ verdict: 'not-blocked', by: null })
      expect(faults).toContain(off)
      expect(undefended).toBe(true)
      expect(shown?.lines.find(({ mark }) => mark !== null)).toMatchObject({ mark: 'passed' })
      expect(real.demo.weaknesses.on).toEqual([])
    },
    40_000,
  )
})

describe('with the check of the app taken out', () => {
  it.each([
    ['mix-up', 'ISS-02', []],
    ['id-token-altered', 'IDT-06', []],
    ['id-token-key-swapped', 'IDT-06', []],
    ['nonce-replayed', 'IDT-14', ['IDT-20']],
    ['id-token-alg-none', 'IDT-08', ['IDT-11']],
  ] as const)('%s goes through without %s and what stands behind it', async (id, requirement, behind) => {
    removed.add(requirement)
    if (behind.length > 0) {
      const { outcome } = await run(id)
      expect(outcome).toMatchObject({ verdict: 'blocked', by: 'app' })
      expect(outcome.code).not.toBe(evidence[id])
      for (const each of behind) removed.add(each)
    }
    expect((await run(id)).outcome).toMatchObject({ verdict: 'not-blocked', by: null })
  })

  it('RESP-02: without state the app still finds no sign-in to finish', async () => {
    removed.add('RESP-02')
    expect((await run('missing-state')).outcome).toMatchObject({ code: 'auth_response_state_unknown' })
  })

  it('RESP-03: without the comparison of state, PKCE stops the foreign code at the server', async () => {
    removed.add('RESP-03')
    const pending = memoryStore()
    const any = (key: string) =>
      key.startsWith('pkce-lens.transaction.')
        ? (pending.keys().find(each => each.startsWith('pkce-lens.transaction.')) ?? key)
        : key
    const careless = { ...pending, get: (key: string) => pending.get(any(key)) }
    const { outcome } = await run('forged-state', false, { ...real.options, documents: careless })
    expect(outcome).toMatchObject({
      verdict: 'blocked',
      by: 'authorization-server',
      code: '400 invalid_grant',
    })
  })
})

describe('when the ground is not firm', () => {
  const fresh = (): RunnerOptions => {
    const { config, surroundings, documents, person } = real.options
    return { ...real.options, control: createControl(config, surroundings, documents, person) }
  }

  it('a clean run that fails makes every attack an error, never a defence', async () => {
    const options = fresh()
    await real.options.demo?.during(['token_endpoint_down'], async () => {
      const { outcome } = await run('stolen-code-wrong-verifier', false, options)
      expect(outcome.verdict).toBe('error')
      expect(outcome.because).toMatch(/clean sign-in did not work/)
    })
  })

  it('an ID token that is wrong anyway is not counted as a blocked attack', async () => {
    const options = fresh()
    await real.options.demo?.during(['id_token_alg_none'], async () => {
      expect((await run('mix-up', false, options)).outcome.verdict).toBe('error')
    })
  })

  it('a replay that was let through is not told as one that was refused', async () => {
    await real.options.demo?.during(['refresh_reuse_accepted'], async () => {
      const { outcome } = await run('refresh-family')
      expect(outcome).toMatchObject({ verdict: 'not-blocked', because: longerGrace })
    })
  })

  it('what needs the demo provider is not applicable elsewhere', async () => {
    const elsewhere = { ...real.options, demo: null }
    for (const id of ['verifier-without-challenge', 'code-of-another-client', 'insufficient-scope'])
      expect((await run(id, false, elsewhere)).outcome.verdict).toBe('not-applicable')
  })

  it('an answer that may not be read is resolved by the rightful exchange', async () => {
    const { surroundings, control } = real.options
    await control.grant()
    const { ports } = surroundings
    const silentErrors: RunnerOptions = {
      ...real.options,
      surroundings: {
        ...surroundings,
        ports: {
          ...ports,
          fetch: async (request, signal) => {
            const response = await ports.fetch(request, signal)
            if (response.status === 400) throw new TypeError('Failed to fetch')
            return response
          },
        },
      },
    }
    expect((await run('stolen-code-wrong-verifier', false, silentErrors)).outcome).toMatchObject({
      verdict: 'blocked',
      by: 'authorization-server',
      code: 'refused, unreadable',
    })
    expect((await run('refresh-wider-scope', false, silentErrors)).outcome.verdict).toBe('unreadable')
  })

  it('where a frame sees nothing, a window and the person do', async () => {
    const { surroundings, person } = real.options
    // The person answers once the window has gone to the provider and stayed there.
    let stays = () => {}
    const windowStays = new Promise<void>(resolve => {
      stays = resolve
    })
    const blind = {
      answer: new Promise<string>(() => {}),
      silence: Promise.resolve(),
      path: () => null,
      close: () => {},
    }
    let [opened, closed] = [0, 0]
    const windows: RunnerOptions = {
      ...real.options,
      surroundings: { ...surroundings, watchFrame: () => blind },
      person: {
        ...person,
        window: async why => {
          const popup = await person.window(why)
          opened++
          return (
            popup && {
              ...popup,
              close: () => void closed++,
              go: (url, state) => {
                if (url.includes('extra%3Dlens')) stays()
                return popup.go(url, state)
              },
            }
          )
        },
        stayed: () => ({ answer: windowStays, done: () => {} }),
      },
    }
    expect((await run('pkce-left-out', false, windows)).outcome).toMatchObject({ code: 'invalid_request' })
    // Silence of a frame that never spoke is no evidence; what the person saw is.
    expect((await run('redirect-extra-query', false, windows)).outcome).toMatchObject({
      verdict: 'blocked',
      code: 'stayed at the provider, you saw it',
    })
    expect((await run('nonce-replayed', false, windows)).outcome).toMatchObject({
      verdict: 'blocked',
      code: 'id_token_nonce_mismatch',
    })
    expect(closed, 'no window stays open').toBe(opened)
    const declining = { ...windows, person: { ...windows.person, window: async () => null } }
    expect((await run('redirect-extra-query', false, declining)).outcome).toMatchObject({
      verdict: 'error',
      code: 'person_declined',
    })
  })

  it('too many requests say nothing about the attack', async () => {
    const { control } = real.options
    await control.grant()
    await real.options.demo?.during(['too_many_requests'], async () => {
      const { outcome } = await run('stolen-code-no-verifier')
      expect(outcome).toMatchObject({ verdict: 'error', by: null, code: '429 temporarily_unavailable' })
    })
  })
})
