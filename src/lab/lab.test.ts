import { describe, expect, it, vi } from 'vitest'
import { blocked, failed, notBlocked } from '../attack/verdict.ts'
import { parseMetadata } from '../oauth/metadata.ts'
import type { Popup } from '../session/ports.ts'
import { keepServer } from '../session/server-cache.ts'
import type { Experiment } from './experiment.ts'
import { createLab, inOrder } from './lab.ts'
import {
  config,
  documents,
  experimentOf,
  idleWindow,
  issuer,
  scriptedChannel,
  scriptedSurroundings,
  turns,
} from './scripted-lab.test-data.ts'

function labOf(experiments: readonly Experiment[], surroundings = scriptedSurroundings()) {
  return createLab({ config, experiments, surroundings })
}

describe('a run', () => {
  it('ends in a verdict with its evidence, and is the only one meanwhile', async () => {
    const second = vi.fn(async () => blocked('app', 'x'))
    const lab = labOf([experimentOf({ id: 'a' }), experimentOf({ id: 'b', run: second })])
    const first = lab.run('a')
    await lab.run('b')
    await first
    expect(second).not.toHaveBeenCalled()
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject({ verdict: 'blocked', by: 'app' })
    expect(lab.store.getState().running).toBeNull()
  })

  it('that throws is an error, never a broken page', async () => {
    const lab = labOf([experimentOf({ id: 'a', run: () => Promise.reject(new TypeError('oops')) })])
    await lab.run('a')
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject({ verdict: 'error', because: 'oops' })
  })

  it('that cannot read the provider’s documents is unreadable', async () => {
    const surroundings = scriptedSurroundings({
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    })
    const lab = labOf([experimentOf({ id: 'a' })], surroundings)
    await lab.run('a')
    expect(lab.store.getState().runs['a']).toMatchObject({
      outcome: { verdict: 'unreadable' },
      evidence: null,
    })
  })

  it('goes on with what was pasted where the provider’s documents cannot be read', async () => {
    let asked = 0
    const surroundings = scriptedSurroundings({
      fetch: () => {
        asked++
        return Promise.reject(new TypeError('Failed to fetch'))
      },
    })
    const { ports } = surroundings
    const metadata = parseMetadata(documents['/.well-known/openid-configuration'])
    if (!metadata) throw new Error('the documents of the test are good')
    // Pasted documents hold for longer than what came from the provider: their time lies ahead.
    keepServer(ports.sessionStorage, issuer, { metadata, keys: [] }, ports.now() + 60_000)
    const seen: string[] = []
    const run: Experiment['run'] = async tools => {
      seen.push(tools.metadata.token_endpoint)
      return blocked('app', 'x')
    }
    const lab = labOf([experimentOf({ id: 'a', run }), experimentOf({ id: 'b', run })], surroundings)
    await lab.run('a')
    const first = asked
    await lab.run('b')
    expect(seen).toEqual([metadata.token_endpoint, metadata.token_endpoint])
    expect(asked, 'the provider is not asked in vain again').toBe(first)
  })

  it('does not let what was pasted hide a document that can be read and is wrong', async () => {
    const surroundings = scriptedSurroundings({
      fetch: async () => Response.json({ issuer: 'https://other.example' }),
    })
    const { ports } = surroundings
    const metadata = parseMetadata(documents['/.well-known/openid-configuration'])
    if (metadata) keepServer(ports.sessionStorage, issuer, { metadata, keys: [] }, ports.now())
    const lab = labOf([experimentOf({ id: 'a' })], surroundings)
    await lab.run('a')
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject({
      verdict: 'error',
      code: 'discovery_issuer_mismatch',
    })
  })

  it.each(['demo', 'dpop', 'revocation', 'userinfo'] as const)(
    'that needs %s is not applicable without it',
    async need => {
      const run = vi.fn(async () => notBlocked('200'))
      const lab = labOf([experimentOf({ id: 'a', needs: [need], run })])
      await lab.run('a')
      expect(lab.store.getState().runs['a']?.outcome.verdict).toBe('not-applicable')
      expect(run).not.toHaveBeenCalled()
    },
  )

  it('with a switch is not applicable at another provider', async () => {
    const lab = labOf([experimentOf({ id: 'a', switches: ['no_pkce_required'] })])
    await lab.run('a')
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject({
      verdict: 'not-applicable',
      code: 'not_the_demo_provider',
    })
  })

  it('with the defence off is kept apart from the run as it is', async () => {
    const lab = labOf([experimentOf({ id: 'a', off: 'no_iss' })])
    await lab.run('a')
    await lab.run('a', true)
    expect(lab.store.getState().runs['a']?.outcome.verdict).toBe('blocked')
    // Another provider was told nothing.
    expect(lab.store.getState().undefended['a']).toMatchObject({ undefended: true, faults: [] })
  })

  /** The demo provider, with a switchboard that answers once it has been started. */
  function demoProvider(changes: { isUp?: boolean; discovery?: number } = {}) {
    const here = 'http://localhost:9000'
    const state = { isUp: true, on: [] as string[], discovery: 200, ...changes }
    const surroundings = scriptedSurroundings({
      fetch: async ({ method, url, body }) => {
        if (!state.isUp) throw new TypeError('Failed to fetch')
        const { pathname } = new URL(url)
        if (pathname === '/demo/weaknesses') {
          if (method === 'PUT') state.on = JSON.parse(body ?? '').on
          return Response.json({ weaknesses: ['no_iss'].map(id => ({ id, on: state.on.includes(id) })) })
        }
        const text = JSON.stringify(documents[pathname] ?? {}).replaceAll(issuer, here)
        return new Response(text, { status: state.discovery })
      },
    })
    const found = (experiments: readonly Experiment[]) =>
      createLab({ config: { ...config, issuer: here }, experiments, surroundings })
    return { state, found, surroundings }
  }

  it('with the defence off says what the demo provider was told, once it was told', async () => {
    const { state, found } = demoProvider()
    const lab = found([experimentOf({ id: 'a', off: 'no_iss' })])
    await lab.run('a', true)
    expect(lab.store.getState().undefended['a']).toMatchObject({ faults: ['no_iss'] })
    state.discovery = 500
    const other = found([experimentOf({ id: 'a', off: 'no_iss' })])
    await other.run('a', true)
    expect(other.store.getState().undefended['a']).toMatchObject({ undefended: true, faults: [] })
  })

  it('finds a demo provider that was started after the page', async () => {
    const { state, found } = demoProvider({ isUp: false })
    const lab = found([experimentOf({ id: 'a', needs: ['demo'] })])
    await vi.waitFor(() => expect(lab.store.getState().isDemo).toBe(false))
    state.isUp = true
    await lab.run('a')
    expect(lab.store.getState()).toMatchObject({
      isDemo: true,
      runs: { a: { outcome: { verdict: 'blocked' } } },
    })
  })

  it('does not say that it waits for others while the lab itself begins', async () => {
    const { surroundings } = demoProvider()
    const turn = vi.fn()
    const alone: typeof surroundings.alone = (run, _stop, onWait) => {
      turn()
      onWait(Promise.resolve())
      return run()
    }
    const there = { ...config, issuer: 'http://localhost:9000' }
    const lab = createLab({ config: there, experiments: [], surroundings: { ...surroundings, alone } })
    const said: unknown[] = []
    lab.store.subscribe(({ waiting }) => waiting && said.push(waiting))
    await vi.waitFor(() => expect(turn).toHaveBeenCalledOnce())
    expect(said).toEqual([])
  })
})

describe('the rest', () => {
  const asks = experimentOf({ id: 'asks', asks: true })
  const destructive = experimentOf({ id: 'destructive', destructive: true })
  const plain = experimentOf({ id: 'plain' })

  it('asks late and ends sessions last', () => {
    expect(inOrder([destructive, asks, plain]).map(({ id }) => id)).toEqual(['plain', 'asks', 'destructive'])
  })

  it('runs what was not run, in that order', async () => {
    const ran: string[] = []
    const noted = [destructive, asks, plain].map(each => ({
      ...each,
      run: async () => {
        ran.push(each.id)
        return blocked('app', 'x')
      },
    }))
    const lab = labOf(noted)
    await lab.run('asks')
    await lab.runRest()
    expect(ran).toEqual(['asks', 'plain', 'destructive'])
    expect(lab.store.getState().progress).toBeNull()
  })

  it('stops at too many requests', async () => {
    const lab = labOf([
      experimentOf({ id: 'a', run: async () => failed('429 slow_down', '') }),
      experimentOf({ id: 'b' }),
    ])
    await lab.runRest()
    expect(Object.keys(lab.store.getState().runs)).toEqual(['a'])
  })

  it('stops when it is told to, and answers what was asked', async () => {
    const lab = labOf([
      experimentOf({
        id: 'a',
        run: async ({ person }) => {
          const seen = await person.look('https://provider.example/authorize')
          return seen === null ? failed('person_declined', '') : blocked('browser', 'not shown')
        },
      }),
      experimentOf({ id: 'b' }),
    ])
    const asked = new Promise<void>(resolve => {
      lab.store.subscribe(({ question }) => {
        if (question?.type === 'look') resolve()
      })
    })
    const running = lab.runRest()
    await asked
    lab.stop()
    await running
    const { runs, question } = lab.store.getState()
    expect(Object.keys(runs)).toEqual(['a'])
    expect(runs['a']?.outcome.verdict).toBe('error')
    expect(question).toBeNull()
  })
})

describe('a question', () => {
  const withWindow = (openPopup: () => Popup | null) =>
    labOf(
      [
        experimentOf({
          id: 'a',
          run: async ({ person }) =>
            (await person.window('why')) === null ? failed('no_window', '') : blocked('app', 'x'),
        }),
      ],
      scriptedSurroundings({ openPopup }),
    )

  it('for a window is answered inside the click, so that the browser lets it open', async () => {
    const popup = { go: () => ({ answer: new Promise<string>(() => {}), close: () => {} }), close: () => {} }
    const openPopup = vi.fn(() => popup)
    const lab = withWindow(openPopup)
    const asked = new Promise<void>(resolve => {
      lab.store.subscribe(({ question }) => {
        if (question?.type !== 'window') return
        question.answer(true)
        expect(openPopup).toHaveBeenCalledOnce()
        resolve()
      })
    })
    await Promise.all([lab.run('a'), asked])
    expect(lab.store.getState().runs['a']?.outcome.code).toBe('x')
  })

  it('whose window the browser blocked is asked again, and says so', async () => {
    const said: boolean[] = []
    const lab = withWindow(() => null)
    lab.store.subscribe(({ question }, before) => {
      if (question?.type !== 'window' || question === before.question) return
      said.push(question.blocked)
      question.answer(said.length === 1)
    })
    await lab.run('a')
    expect(said).toEqual([false, true])
    expect(lab.store.getState().runs['a']?.outcome.code).toBe('no_window')
  })
})

describe('Stop', () => {
  const stopped = { verdict: 'error', code: 'run_stopped' }
  const until = (lab: ReturnType<typeof labOf>, type: 'window' | 'stayed' | 'look') =>
    vi.waitFor(() => expect(lab.store.getState().question?.type).toBe(type))

  it.each(['window', 'stayed', 'look'] as const)(
    'answers the question (%s), and leaves the turn to whoever is next',
    async type => {
      const surroundings = { ...scriptedSurroundings(), alone: turns() }
      const run: Experiment['run'] = async ({ person }) => {
        if (type === 'window') await person.window('why')
        if (type === 'stayed') await person.stayed().answer
        if (type === 'look') await person.look('https://provider.example')
        return blocked('app', 'x')
      }
      const lab = labOf([experimentOf({ id: 'a', run })], surroundings)
      const running = lab.run('a')
      await until(lab, type)
      lab.stop()
      await running
      expect(lab.store.getState()).toMatchObject({ question: null, runs: { a: { outcome: stopped } } })
      const next = labOf([experimentOf({ id: 'b' })], surroundings)
      await next.run('b')
      expect(next.store.getState().runs['b']?.outcome.code).toBe('auth_response_state_unknown')
    },
  )

  it('closes the window that is open, and waits no longer for its answer', async () => {
    const popup = idleWindow()
    const run: Experiment['run'] = async ({ person }) => {
      const opened = await person.window('why')
      await opened?.go('https://provider.example/authorize', 'state').answer
      return blocked('app', 'x')
    }
    const lab = labOf([experimentOf({ id: 'a', run })], scriptedSurroundings({ openPopup: () => popup }))
    const running = lab.run('a')
    await until(lab, 'window')
    const { question } = lab.store.getState()
    if (question?.type === 'window') question.answer(true)
    await vi.waitFor(() => expect(popup.go).toHaveBeenCalled())
    lab.stop()
    await running
    expect(popup.close).toHaveBeenCalled()
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject(stopped)
  })

  it('does not wait for an answer of a server, and takes no verdict from its absence', async () => {
    let asked = () => {}
    const hasAsked = new Promise<void>(resolve => {
      asked = resolve
    })
    const { ports } = scriptedSurroundings()
    const fetch: typeof ports.fetch = (request, ...rest) => {
      if (!request.url.endsWith('/me')) return ports.fetch(request, ...rest)
      asked()
      return new Promise(() => {})
    }
    const run: Experiment['run'] = async ({ attacker }) => {
      const answer = await attacker.calls({}, `${issuer}/me`)
      return answer.type === 'unread' ? blocked('browser', 'refused, unreadable') : notBlocked('200')
    }
    const lab = labOf([experimentOf({ id: 'a', run })], scriptedSurroundings({ fetch }))
    const running = lab.run('a')
    await hasAsked
    lab.stop()
    await running
    expect(lab.store.getState().runs['a']?.outcome).toMatchObject(stopped)
  })
})

describe('a sign-out', () => {
  const run: Experiment['run'] = async ({ attacker }) => {
    await attacker.calls({ authorization: 'Bearer secret' }, `${issuer}/me`)
    return blocked('resource-server', '401')
  }

  it('LOUT-02: takes the messages of the runs away, and leaves their verdicts', async () => {
    const { channel, signOut } = scriptedChannel()
    const lab = labOf([experimentOf({ id: 'a', run })], scriptedSurroundings({ channel }))
    await lab.run('a')
    await lab.run('a', true)
    expect(JSON.stringify(lab.store.getState())).toContain('secret')
    signOut()
    const { runs, undefended } = lab.store.getState()
    expect(JSON.stringify([runs, undefended])).not.toContain('secret')
    expect([runs['a']?.outcome.code, undefended['a']?.outcome.code]).toEqual(['401', '401'])
  })

  it('stops what runs, the rest as well, whose messages go too', async () => {
    const { channel, signOut } = scriptedChannel()
    const leaving: Experiment['run'] = async tools => {
      const outcome = await run(tools)
      signOut()
      return outcome
    }
    const experiments = [experimentOf({ id: 'a', run: leaving }), experimentOf({ id: 'b' })]
    const lab = labOf(experiments, scriptedSurroundings({ channel }))
    await lab.runRest()
    expect(lab.store.getState().runs).toMatchObject({ a: { evidence: null } })
    expect(Object.keys(lab.store.getState().runs)).toEqual(['a'])
  })

  it('is not listened for any more once the lab is closed', () => {
    const { channel, ears } = scriptedChannel()
    const lab = labOf([], scriptedSurroundings({ channel }))
    expect(ears.size).toBe(1)
    lab.close()
    expect(ears.size).toBe(0)
  })
})

describe('guesses', () => {
  it('outlive the page, and are forgotten together with the runs', async () => {
    const surroundings = scriptedSurroundings()
    const experiments = [experimentOf({ id: 'a' })]
    const lab = labOf(experiments, surroundings)
    lab.guess('a', 'app')
    expect(labOf(experiments, surroundings).store.getState().guesses).toEqual({ a: 'app' })
    await lab.run('a')
    lab.reset()
    expect(lab.store.getState()).toMatchObject({ guesses: {}, runs: {} })
    expect(labOf(experiments, surroundings).store.getState().guesses).toEqual({})
  })
})
