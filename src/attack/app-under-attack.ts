/** The app's side of a run: the session's own functions, with the attacker's edits at the ports. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { authorizedFetch } from '../session/authorized-fetch.ts'
import { finishSignIn } from '../session/callback.ts'
import { createClient } from '../session/client.ts'
import type { Grant } from '../session/grant.ts'
import { signInByPopup } from '../session/popup.ts'
import { createRenewer, type Renewer } from '../session/refresh.ts'
import { signInByFrame } from '../session/restore.ts'
import { revokeTokens } from '../session/sign-out.ts'
import { newFlow } from '../session/wire.ts'
import { authorize, type Begun, declined, noteFrameSpeaks } from './authorize.ts'
import { apiOf, type Bench } from './bench.ts'
import type { Edit } from './scripted-hold.ts'
import { errorInCallback, failed, needsThePerson, notApplicable, RunEnded } from './verdict.ts'

export interface BeginOptions {
  readonly config?: Partial<ClientConfig>
  readonly edit?: Edit
}

export interface AppUnderAttack {
  /** A whole silent sign-in. @throws OAuthError of the check that refused */
  signIn(options?: BeginOptions): Promise<Grant>
  /** A sign-in up to the callback, the code unspent. */
  begin(config?: Partial<ClientConfig>): Promise<Begun>
  finish(begun: Begun): Promise<Grant>
  /** Calls the API as the app does. @throws RunEnded when even the good token is refused: the rest would prove nothing */
  call(grant: Grant, url?: string): Promise<void>
  renew(grant: Grant): Promise<Grant>
  /** Hands the tokens back, as at sign-out. */
  revoke(grant: Grant): Promise<void>
  /** Leaves for the provider and does not come back. @returns the `state` it waits for */
  leave(): Promise<string>
  /** Loads the app at this address, as a browser does that was sent there. */
  arriveAt(url: string): Promise<{ readonly signedIn: boolean; readonly error: OAuthErrorDetails | null }>
}

/**
 * The app as people run it, on the ports of the bench: nothing of the person's own session is read or changed. Every
 * sign-in makes a grant of its own. Silent first; when the provider wants to see the person, a window is asked for.
 */
export function createAppUnderAttack(bench: Bench): AppUnderAttack {
  const { ports, wire, script, log } = bench
  const newClient = () => createClient({ config: async () => bench.config, ports })

  return {
    async signIn({ config, edit } = {}) {
      const used = { ...bench.config, ...config }
      try {
        const grant = await script.during(edit, () => signInByFrame(bench, used, null))
        noteFrameSpeaks(bench)
        return grant
      } catch (error) {
        if (!needsThePerson(error)) throw error
      }
      const popup = await bench.person.window('The provider wants to see you before it signs the app in.')
      if (!popup) throw declined()
      try {
        return await script.during(edit, () => signInByPopup(bench, used, {}, popup))
      } finally {
        popup.close()
      }
    },
    async begin(config) {
      const arrival = await authorize(bench, config)
      if (arrival.type === 'stayed')
        throw new RunEnded(failed('no_answer', 'The provider gave no code for a clean request.'))
      const error = errorInCallback(arrival.url)
      if (error !== null) throw new RunEnded(failed(error, 'The provider refused a clean request.'))
      return arrival
    },
    finish: ({ flow, url, leaving }) => finishSignIn(bench, flow, url, leaving.transaction, leaving.dpop),
    async call(grant, url = apiOf(bench) ?? undefined) {
      if (url === undefined)
        throw new RunEnded(notApplicable('no_api', 'There is no protected resource to call.'))
      try {
        await authorizedFetch(wire, onlyThis(grant), url, { headers: { accept: 'application/json' } })
      } catch (error) {
        const code = error instanceof OAuthError ? error.code : 'unexpected'
        throw new RunEnded(
          failed(code, 'The API refused a good token, so a refusal of a bad one would prove nothing.'),
        )
      }
    },
    renew: grant => renewOnce(bench, grant),
    revoke: grant => revokeTokens(bench, grant, newFlow('sign_out')),
    async leave() {
      const client = newClient()
      await client.signIn()
      const { error } = client.store.getState()
      client.stop()
      const address = ports.left()
      const state = address === null ? undefined : pendingState(bench, new URL(address))
      if (error || state === undefined)
        throw new RunEnded(failed(error?.code ?? 'no_request', 'The app could not begin a clean sign-in.'))
      return state
    },
    async arriveAt(url) {
      const client = newClient()
      await log.as(
        'attacker',
        () => client.boot({ url, isProtected: false }),
        step => step.kind === 'authorization_response',
      )
      const { status, error } = client.store.getState()
      client.stop()
      return { signedIn: status === 'signed_in', error }
    },
  }
}

/** The state of the sign-in that just left: in its address, or, when it was pushed, in the log. */
function pendingState({ log }: Bench, address: URL): string | undefined {
  const inAddress = address.searchParams.get('state')
  if (inAddress !== null) return inAddress
  const made = log.exhibits.findLast(each => each.type === 'step' && each.step.kind === 'transaction_created')
  return made?.type === 'step' && made.step.kind === 'transaction_created' ? made.step.state : undefined
}

/** A refused call ends the run instead of renewing behind its back. */
function onlyThis(grant: Grant): Renewer {
  const refuse = () => Promise.reject(new OAuthError({ code: 'resource_unauthorized' }))
  return { fresh: async () => grant, renew: refuse, plan: () => null, look: () => {}, stop: () => null }
}

/** One renewal by the session's own renewer, which then stops: no timer of a run outlives it. */
async function renewOnce({ ports, wire, servers }: Bench, first: Grant): Promise<Grant> {
  let grant: Grant | null = first
  const renewer = createRenewer({
    ports,
    wire,
    servers,
    grant: () => grant,
    keep: renewed => {
      grant = renewed
    },
    silently: () => Promise.reject(new OAuthError({ code: 'silent_interaction_required' })),
    end: () => {
      grant = null
    },
    show: () => {},
  })
  try {
    return await renewer.renew()
  } finally {
    grant = null
    renewer.stop()
  }
}

/** The configuration with fewer scopes, for tokens that UserInfo takes at every provider. */
export const onlyOpenId: Partial<ClientConfig> = { scope: 'openid', resource: null }
