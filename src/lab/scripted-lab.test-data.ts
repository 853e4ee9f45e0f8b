/** A lab without a network, for tests: documents from memory, experiments that end as they are told. */
import { vi } from 'vitest'
import { memoryStore, type Surroundings } from '../attack/lab-ports.ts'
import { orStopped } from '../attack/stopping.ts'
import { blocked, type Outcome } from '../attack/verdict.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { HttpRequest } from '../oauth/step.ts'
import type { Ports } from '../session/ports.ts'
import type { Experiment } from './experiment.ts'
import type { Run } from './runner.ts'

export const issuer = 'https://provider.example'

export function experimentOf(changes: Partial<Experiment> & { id: string }): Experiment {
  return {
    title: `Attack ${changes.id}`,
    sentence: 'Do something.',
    group: 'code',
    needs: [],
    defender: 'app',
    defence: 'The app looks.',
    check: 'Not ours',
    clauses: [{ document: 'RFC 6749', section: '10.12' }],
    without: 'The attacker would hold {{access_token}}.',
    run: async () => blocked('app', 'auth_response_state_unknown'),
    ...changes,
  }
}

export const runOf = (experiment: string, outcome: Outcome): Run => ({
  experiment,
  outcome,
  evidence: null,
  at: 1,
  duration: 1,
  faults: [],
  undefended: false,
})

export const documents: Readonly<Record<string, unknown>> = {
  '/.well-known/openid-configuration': {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  },
  '/jwks': { keys: [] },
}

const never = <T>() => new Promise<T>(() => {})

/** @param changes ports that a test scripts itself */
export function scriptedSurroundings(changes: Partial<Ports> = {}): Surroundings {
  const ports: Ports = {
    origin: 'https://app.example',
    basePath: '/',
    isSecureContext: true,
    observe: () => {},
    hold: async message => message,
    fetch: async ({ url }: HttpRequest) => Response.json(documents[new URL(url).pathname] ?? {}),
    canReach: async () => true,
    isBlockedByPolicy: async () => false,
    navigate: () => {},
    openFrame: () => ({ answer: never(), close: () => {} }),
    openPopup: () => null,
    sessionStorage: memoryStore(),
    localStorage: memoryStore(),
    channel: { post: () => {}, listen: () => () => {} },
    keepKey: async () => true,
    takeKey: async () => null,
    now: () => 1_764_000_000_000,
    monotonic: () => 0,
    after: () => () => {},
    random: () => 0,
    isOnline: () => true,
    isVisible: () => true,
    isDirty: () => false,
    onWakeUp: () => () => {},
    ...changes,
  }
  const watchFrame = () => ({
    answer: never<string>(),
    silence: never<void>(),
    path: () => null,
    close: () => {},
  })
  return { ports, watchFrame, alone: run => run() }
}

/** Turns as a browser gives them to its tabs: one run at a time. */
export function turns(): Surroundings['alone'] {
  let busy: Promise<unknown> | null = null
  return async (run, stop, onWait) => {
    while (busy) {
      const turn = busy
      onWait(turn.then(() => {}))
      await orStopped(stop, () => turn)
    }
    const running = run()
    busy = running
      .catch(() => {})
      .finally(() => {
        busy = null
      })
    return running
  }
}

/** A frame that shows a page of the provider: a window is asked for. */
export const silentFrame: Surroundings['watchFrame'] = () => ({
  answer: never<string>(),
  silence: Promise.resolve(),
  path: () => null,
  close: () => {},
})

/** A window at the provider, where nobody does anything. */
export function idleWindow() {
  let giveUp = () => {}
  const close = vi.fn(() => giveUp())
  const go = vi.fn((_url: string, _state: string) => ({
    answer: new Promise<string>((_, reject) => {
      giveUp = () => reject(new OAuthError({ code: 'popup_closed' }))
    }),
    close,
  }))
  return { go, close, landedAt: () => null }
}

/** A channel on which a test speaks for the session. */
export function scriptedChannel() {
  const ears = new Set<(message: unknown) => void>()
  const channel: Ports['channel'] = {
    post: () => {},
    listen: hear => {
      ears.add(hear)
      return () => ears.delete(hear)
    },
  }
  const signOut = () => {
    for (const hear of ears) hear({ type: 'signed_out', issuer, clientId: config.clientId, sub: null })
  }
  return { channel, signOut, ears }
}

export const config = parseClientConfig({ issuer, client_id: 'app' }, 'https://app.example')
