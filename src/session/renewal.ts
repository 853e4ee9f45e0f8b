/** The door to `refresh.ts`: a fresh token passes at once, the machine behind it is loaded beside the first call. */
import { OAuthError } from '../oauth/oauth-error.ts'
import { type Grant, remainingLife, tooShort } from './grant.ts'
import type { Renewer, RenewerOptions } from './refresh.ts'

/** A part of the client that is fetched when it is wanted, and was not there. */
export function notLoaded(error: unknown): never {
  throw new OAuthError({ code: 'page_not_loaded', received: String(error) }, error)
}

export function createRenewal(options: RenewerOptions): Renewer {
  let loading: Promise<Renewer> | null = null
  let machine: Renewer | null = null
  let isWanted = false
  const load = (): Promise<Renewer> => {
    loading ??= import('./refresh.ts').then(
      ({ createRenewer }) => {
        machine = createRenewer(options)
        return machine
      },
      (error: unknown) => {
        // Not there, for example offline: the next look asks again.
        loading = null
        return notLoaded(error)
      },
    )
    return loading
  }
  const whenLoaded = (run: (renewer: Renewer) => void): void => {
    load().then(run, () => {})
  }
  return {
    async fresh(): Promise<Grant> {
      const grant = options.grant()
      if (grant && remainingLife(grant, options.ports) >= tooShort) return grant
      return (await load()).fresh()
    },
    renew: async isPatient => (await load()).renew(isPatient),
    plan() {
      isWanted = true
      whenLoaded(renewer => isWanted && renewer.plan())
    },
    look(reason) {
      if (options.grant()) whenLoaded(renewer => renewer.look(reason))
    },
    stop() {
      isWanted = false
      return machine?.stop() ?? null
    },
  }
}
