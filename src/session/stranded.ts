/**
 * A provider that answers `prompt=none` with a page of its own, an error page most often: the frame waits in vain, and
 * the redirect that follows leaves the person standing there, at each reload. Once seen, neither is tried for a day.
 */
import { jsonObject } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { triedKey } from './hint.ts'
import type { Ports } from './ports.ts'
import type { Transaction } from './transaction.ts'
import type { Wire } from './wire.ts'

/** Local storage: which provider, and when. */
const strandedKey = 'pkce-lens.restore-stranded'
const day = 86_400_000
const unseen = 'unseen '

/**
 * SIL-06: the mark that keeps a refusal from becoming a loop; false when it cannot be kept.
 * @param isUnseen no answer of this provider to `prompt=none` was seen before
 */
export const markRedirectTried = (ports: Ports, isUnseen: boolean): boolean =>
  ports.sessionStorage.set(triedKey, (isUnseen ? unseen : '') + ports.now())

/**
 * The person is here again, the answer of the redirect is not. It counts against a provider that has not answered a
 * frame either, and that was there before the tab left: nobody loses a session because a network was away.
 */
export function noteStranded(
  { ports, wire }: { readonly ports: Ports; readonly wire: Wire },
  { flow, config }: Transaction,
): void {
  const wasUnseen = ports.sessionStorage.get(triedKey)?.startsWith(unseen)
  wire.stop({ id: flow, type: 'restore' }, 'authorization_response', {
    code: 'silent_timeout',
    expected: 'an answer from the provider',
    received: 'none',
    issuer: config.issuer,
  })
  if (!wasUnseen) return
  const { issuer, clientId } = config
  ports.localStorage.set(strandedKey, JSON.stringify({ issuer, clientId, at: ports.now() }))
}

/** Whether a restore would leave the person standing at the provider. */
export function wouldStrand(ports: Ports, { issuer, clientId }: ClientConfig): boolean {
  const seen = jsonObject(ports.localStorage.get(strandedKey))
  const age = ports.now() - Number(seen?.['at'])
  return seen?.['issuer'] === issuer && seen['clientId'] === clientId && age >= 0 && age < day
}

/** Whoever signs out begins anew: the provider may have been mended. */
export const forgetStranded = (ports: Ports): void => ports.localStorage.remove(strandedKey)
