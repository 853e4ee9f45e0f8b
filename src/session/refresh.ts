/**
 * Silent renewal as a state machine: one at a time, by both clocks, only while somebody looks, patient with the
 * network, strict with a refusal (RFC 6749 §6, RFC 9700 §4.14).
 */
import { asOAuthError, OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { retryRule } from '../oauth/retry-rule.ts'
import { type Grant, isSamePerson, remainingLife, tooShort } from './grant.ts'
import { refreshGrant } from './refresh-grant.ts'
import type { Means } from './server.ts'
import type { RenewalStatus } from './store.ts'

export interface RenewerOptions extends Means {
  /** The grant now, null when nobody is signed in. */
  readonly grant: () => Grant | null
  /** Takes the renewed grant. */
  readonly keep: (grant: Grant) => void
  /**
   * A renewal without refresh token: hidden frame, or a rejection when none can work.
   * @param isLastResort nothing else is left: even a frame that was seen to be blind is asked
   */
  readonly silently: (grant: Grant, isLastResort: boolean) => Promise<Grant>
  /** The session is over: nothing can renew it, or the answer was not ours. */
  readonly end: (error: OAuthErrorDetails) => void
  readonly show: (renewal: RenewalStatus, renewAt: number | null) => void
}

export interface Renewer {
  /** The grant, renewed first when its token has less than ten seconds left; all callers share one renewal. */
  fresh(): Promise<Grant>
  /**
   * Renews now, whatever the clock says: after a 401, or by hand. Shares a renewal that is under way.
   * @param isPatient waits as long as the server asked for after a failure; a person who presses a button does not
   */
  renew(isPatient?: boolean): Promise<Grant>
  /** Sets the timer for the grant as it is now. */
  plan(): void
  /** Looks at the clocks: a timer, a wake-up, a return to the page. */
  look(reason: string): void
  /** @returns the newest refresh token, when it came with an answer that was refused and the grant has it not (RT-02) */
  stop(): string | null
}

/** Between two renewals by timer, milliseconds. */
const shortestDelay = 1_000
/** Longest delay that timers honour: 2^31 - 1 ms. */
const longestDelay = 2_147_483_647
/** How long a call waits for the network to come back. */
const patience = 20_000
/** What a server may say of itself; anything else that it says in JSON is of the request, and stays so. */
const serverFaults = /^(server_error|temporarily_unavailable|slow_down|)$/

/** Milliseconds before the end at which a renewal is due: a tenth of the life, 10 to 60 seconds, half of a short one. */
export function renewalMargin(expiresIn: number): number {
  return Math.min(Math.max(expiresIn * 100, 10_000), 60_000, expiresIn * 500)
}

export function createRenewer(options: RenewerOptions): Renewer {
  const { ports, grant, keep, silently, end, show } = options
  let running: Promise<Grant> | null = null
  let cancelTimer = () => {}
  let failures = 0
  let lastFailure: OAuthError | null = null
  /** Calls that wait for the next attempt. */
  const waiting = new Set<(attempt: Promise<Grant>) => void>()
  /** Monotonic clock: no attempt before this, except when the network comes back. */
  let notBefore = 0
  let unavailable = false
  /** So that the tabs of one person do not all ask at once: a part of up to five seconds. */
  let spread = ports.random()
  /** A refresh token from an answer that could not be used yet: the one before is spent (RT-02). */
  let rotated: string | null = null
  /** RT-05: the refresh token was refused and is never sent again; only a hidden frame can renew now. */
  let refusal: OAuthErrorDetails | null = null

  const lifeOf = (current: Grant) => remainingLife(current, ports, unavailable)

  const dueAt = (current: Grant): number | null => {
    const { expiresIn } = current.tokens
    if (expiresIn === null || unavailable) return null
    // A token that lives for next to nothing is renewed when a call needs it, not in a loop.
    const margin = renewalMargin(expiresIn)
    const due = expiresIn * 1000 - margin + spread * Math.min(5_000, margin / 2)
    return current.receivedAt + Math.max(due, shortestDelay)
  }

  function plan(): void {
    cancelTimer()
    const current = grant()
    if (!current) return
    const due = dueAt(current)
    show(failures > 0 ? 'reconnecting' : unavailable ? 'unavailable' : 'idle', due)
    const { expiresIn } = current.tokens
    // Where nothing can renew it, its end is looked at.
    const next = due ?? (expiresIn === null ? null : current.receivedAt + expiresIn * 1000)
    const delay = failures > 0 ? notBefore - ports.monotonic() : next === null ? null : next - ports.now()
    if (delay !== null)
      cancelTimer = ports.after(Math.min(Math.max(delay, 0), longestDelay), () => look('timer'))
  }

  function look(reason: string): void {
    const current = grant()
    if (!current || running) return
    const life = lifeOf(current)
    if (unavailable && life <= 0) {
      end({
        code: 'session_expired',
        expected: 'a renewal',
        received: 'none possible',
        issuer: current.config.issuer,
      })
      return
    }
    const due = dueAt(current)
    const isDue = failures > 0 || life <= 0 || (due !== null && ports.now() >= due)
    if (!isDue) {
      plan()
      return
    }
    // A hidden tab waits: the return to it is a wake-up, and a call that needs the token renews it by itself.
    if (!ports.isVisible()) return
    // A network that is back does not shorten what the server asked for.
    const isFree = reason === 'online' && lastFailure?.details.retryAfter === undefined
    if (ports.monotonic() < notBefore && !isFree) plan()
    else renew().catch(() => {})
  }

  function renew(): Promise<Grant> {
    if (running) return running
    const renewing = attempt().finally(() => {
      running = null
      plan()
    })
    running = renewing
    for (const go of waiting) go(renewing)
    waiting.clear()
    return renewing
  }

  async function attempt(): Promise<Grant> {
    const before = grant()
    if (!before) throw new OAuthError({ code: 'session_expired', expected: 'a session', received: 'none' })
    show('renewing', null)
    // Nobody draws a first picture now: a sign-out does not wait for its code (REV-06), nor find it gone after a release.
    import('./sign-out.ts').catch(() => {})
    try {
      const { refreshToken } = before.tokens
      const after =
        refreshToken === null || refusal
          ? await silently(before, refusal !== null)
          : await refreshGrant(options, before, rotated ?? refreshToken, newest => {
              // Whoever came in meanwhile has tokens of their own.
              if (grant() === before) rotated = newest
            })
      if (grant() !== before)
        throw new OAuthError({
          code: 'session_expired',
          expected: 'the same session',
          received: 'it ended meanwhile',
        })
      forgetFailures()
      spread = ports.random()
      keep(after)
      return after
    } catch (thrown) {
      const error = asOAuthError(thrown)
      if (grant() === before) await afterFailure(before, error)
      const saved = grant()
      if (saved && saved !== before) return saved
      throw error
    }
  }

  /** What a failure means for the session: nothing, patience, or its end. */
  async function afterFailure(before: Grant, error: OAuthError): Promise<void> {
    const { code, details } = error
    const { protocolError = '', httpStatus = 0, retryAfter } = details
    // A key set that was not there is told with its status, a key that is not in it without one.
    if (
      /^(refresh_id_token_|id_token_|silent_subject_)/.test(code) ||
      (/^jwks_(key|inv)/.test(code) && !httpStatus)
    )
      return end(details)
    const hasRefreshToken = before.tokens.refreshToken !== null
    if (!refusal && hasRefreshToken && protocolError === 'invalid_grant') {
      refusal = details
      try {
        const found = await silently(before, true)
        forgetFailures()
        if (grant() === before) keep(found)
      } catch (why) {
        if (grant() === before) await afterFailure(before, asOAuthError(why))
      }
      return
    }
    const mayPass =
      retryRule(code) === 'backoff' ||
      !ports.isOnline() ||
      httpStatus === 429 ||
      httpStatus >= 500 ||
      // Code that could not be loaded says nothing of the session.
      (/^(unexpected|page_not_loaded)$/.test(code) && lifeOf(before) > 0)
    // A frame that could not ask says nothing of the session: it is asked again.
    if (refusal && !mayPass) return end({ ...refusal, code: 'session_expired', hints: ['refresh_rejected'] })
    const hopeless =
      !serverFaults.test(protocolError) ||
      !hasRefreshToken ||
      /^(dpop_|token_type_|token_response_(miss|unsup))/.test(code)
    if (hopeless && !mayPass) {
      failures = 0
      notBefore = 0
      unavailable = true
      if (lifeOf(before) <= 0) end({ ...details, code: 'session_expired' })
      return
    }
    failures++
    lastFailure = error
    const wait =
      retryAfter !== undefined
        ? Math.min(retryAfter * 1000, 300_000)
        : ports.random() * Math.min(1000 * 2 ** (failures - 1), 60_000)
    notBefore = ports.monotonic() + Math.max(wait, httpStatus === 429 ? 1_000 : 250)
  }

  function forgetFailures(): void {
    failures = 0
    notBefore = 0
    rotated = null
    refusal = null
    lastFailure = null
    unavailable = false
  }

  const mustWait = () => !running && ports.monotonic() < notBefore

  async function fresh(): Promise<Grant> {
    const current = grant()
    if (!current) throw new OAuthError({ code: 'session_expired', expected: 'a session', received: 'none' })
    const life = lifeOf(current)
    if (life >= tooShort || (unavailable && life > 0)) return current
    const next = await (mustWait() ? later() : renew()).catch((error: unknown) => {
      const still = grant()
      if (still && lifeOf(still) > 0) return still
      throw error
    })
    if (isSamePerson(next, current)) return next
    throw new OAuthError({
      code: 'session_expired',
      expected: 'the same person',
      received: 'another person signed in meanwhile',
    })
  }

  /** Waits for the next attempt; a call is not an excuse to hammer the server. */
  function later(): Promise<Grant> {
    return new Promise((resolve, reject) => {
      const why = lastFailure
      const pause = notBefore - ports.monotonic()
      waiting.add(resolve)
      ports.after(Math.min(pause, patience), () => {
        if (!waiting.delete(resolve)) return
        if (pause > patience) reject(why)
        else resolve(renew())
      })
    })
  }

  return {
    fresh,
    renew: isPatient => (isPatient && mustWait() ? later() : renew()),
    plan,
    look,
    stop() {
      const newest = rotated
      cancelTimer()
      forgetFailures()
      return newest
    },
  }
}
