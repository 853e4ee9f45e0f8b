/** Finding the session again without a stored token: by evidence, `prompt=none` in a hidden frame first, never a loop. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { asOAuthError, OAuthError } from '../oauth/oauth-error.ts'
import type { Arriving } from './arrival.ts'
import { signInByWindow } from './by-window.ts'
import type { Grant } from './grant.ts'
import { readHint, triedKey, writeHint } from './hint.ts'
import type { Ports } from './ports.ts'
import type { Means } from './server.ts'
import { signedOutState } from './store.ts'
import { markRedirectTried, wouldStrand } from './stranded.ts'

/** What to try for this page: by configuration, by the hint, by what was tried before. */
export function restorePlan(
  ports: Ports,
  config: ClientConfig,
  isProtected: boolean,
): { frame: boolean; redirect: boolean } {
  const hint = readHint(ports)
  const isHinted = hint?.issuer === config.issuer && hint.clientId === config.clientId
  if (config.restore === 'off' || !isHinted || wouldStrand(ports, config))
    return { frame: false, redirect: false }
  const tried = ports.sessionStorage.get(triedKey) !== null
  const redirect = isProtected && !tried && ports.isVisible() && !ports.isDirty()
  return { frame: config.restore === 'frame' && hint.frame !== 'blind', redirect }
}

/** From the quietest way to the loudest: a hidden frame, one redirect on a protected page, else the button. */
export async function restoreSession(
  arriving: Arriving,
  isProtected: boolean,
  returnTo: string,
): Promise<void> {
  const { ports, store, config, begin, discard, fail, signIn } = arriving
  const used = await config()
  // Whoever signs in by hand while the frame is waited for goes first.
  const isOvertaken = () => store.getState().status !== 'starting'
  const isUnseen = !/^(works|blind)$/.test(readHint(ports)?.frame ?? '')
  /** Nothing tells yet that this provider answers `prompt=none` at all. */
  let isSilent = used.restore === 'redirect' && isUnseen
  if (restorePlan(ports, used, isProtected).frame)
    try {
      const found = await signInByFrame(arriving, used, null)
      // Not handed back: a provider may end the whole grant with it, and so the sign-in by hand (RFC 7009 §2.1).
      if (isOvertaken()) return
      // Without the hint somebody signed out in another tab meanwhile.
      return readHint(ports) ? begin(found, 'hidden frame') : discard(found)
    } catch (error) {
      if (isOvertaken()) return
      if (!frameSaysNothing(error)) return fail(error, returnTo)
      isSilent = asOAuthError(error).code === 'silent_timeout'
      const hint = readHint(ports)
      // An answer without the session: the browser may hide the cookie now. No answer says nothing of cookies.
      if (hint && !isSilent) writeHint(ports, { ...hint, frame: 'unknown' })
    }
  // Nobody is taken to a server that is not there.
  const mayLeave = isProtected && (!isSilent || (await ports.canReach(new URL(used.issuer).origin)))
  if (isOvertaken()) return
  store.setState(signedOutState)
  if (!mayLeave) return
  const leave = async () => {
    // Planned anew: while the page was not seen, or a frame was waited for, much may have changed.
    const { redirect } = restorePlan(ports, used, isProtected)
    if (redirect && markRedirectTried(ports, isSilent && isUnseen))
      await signIn({ prompt: 'none', returnTo }, 'restore')
  }
  if (ports.isVisible()) return leave()
  // Opened in a background tab: not before somebody looks at it, and not over what came up meanwhile.
  const stopListening = ports.onWakeUp(() => {
    if (!ports.isVisible()) return
    stopListening()
    const { status, error } = store.getState()
    if (status === 'signed_out' && !error) void leave()
  })
}

/**
 * A renewal without a refresh token, where a frame may see the provider.
 * @param isLastResort else the session ends: what was seen of frames before does not count, it may have been the network
 * @throws OAuthError `silent_*` or any refusal of a sign-in
 */
export async function renewByFrame(means: Means, known: Grant, isLastResort: boolean): Promise<Grant> {
  const isBlind = !isLastResort && readHint(means.ports)?.frame === 'blind'
  if (known.config.restore !== 'frame' || isBlind)
    throw new OAuthError({
      code: 'silent_interaction_required',
      expected: 'a refresh token, or a frame that sees the provider',
      received: 'neither',
      issuer: known.config.issuer,
    })
  const renewed = await signInByFrame(means, known.config, known)
  means.wire.tell(renewed.flow, { kind: 'session_changed', status: 'renewed', reason: 'hidden frame' })
  return renewed
}

/**
 * `prompt=none` in a hidden frame, ten seconds at most (SIL-04); everything is removed in all cases.
 * @throws OAuthError `silent_interaction_required`, `silent_timeout`, or any refusal of a sign-in
 */
export async function signInByFrame(means: Means, config: ClientConfig, known: Grant | null): Promise<Grant> {
  const grant = await signInByWindow(
    means,
    config,
    {
      prompt: 'none',
      // What was granted beyond the configuration is asked for again (a step-up is not undone by a renewal).
      ...(known && { idTokenHint: known.idToken, moreScope: known.scope }),
    },
    {
      via: 'frame',
      purpose: 'restore',
      known,
      open: means.ports.openFrame,
      patience: 10_000,
      late: {
        code: 'silent_timeout',
        expected: 'an answer within 10 s',
        received: 'none',
        issuer: config.issuer,
      },
    },
  )
  return known ? { ...grant, signedInAt: known.signedInAt, earlier: known.earlier } : grant
}

/** The answer that a frame gave about cookies: `login_required` in a frame may only mean that it is blind. */
export function frameSaysNothing(error: unknown): boolean {
  return (
    error instanceof OAuthError && /^silent_(interaction_required|timeout|frame_blocked)$/.test(error.code)
  )
}
