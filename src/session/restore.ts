/** Finding the session again without a stored token: `prompt=none` in a hidden frame. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import type { Grant } from './grant.ts'
import type { Ports } from './ports.ts'
import type { ServerKnowledge } from './server.ts'
import { prepareSignIn, releaseAddress } from './sign-in.ts'
import { newFlow, type Wire } from './wire.ts'

/**
 * `prompt=none` in a hidden frame, ten seconds at most (section 5.6); everything is removed in all cases.
 * @throws OAuthError `silent_interaction_required`, `silent_timeout`, or any refusal of a sign-in
 */
export async function signInByFrame(
  ports: Ports,
  wire: Wire,
  servers: ServerKnowledge,
  config: ClientConfig,
  known: Grant | null,
): Promise<Grant> {
  const flow = newFlow('restore')
  const framed = {
    ...config,
    redirectUri: new URL(`${ports.basePath}silent-callback.html`, ports.origin).href,
  }
  const wish = { prompt: 'none' as const, ...(known ? { idTokenHint: known.idToken } : {}) }
  const leaving = await prepareSignIn(ports, wire, servers, framed, wish, {
    flow,
    via: 'frame',
    purpose: 'restore',
    subject: known?.claims.sub,
  })
  const url = await releaseAddress(ports, wire, flow, 'frame', leaving.url)
  const frame = ports.openFrame(url)
  let cancel = () => {}
  const timeout = new Promise<never>((_, reject) => {
    cancel = ports.after(10_000, () =>
      reject(
        wire.stop(flow, 'authorization_request', {
          code: 'silent_timeout',
          expected: 'an answer within 10 s',
          received: 'none',
          issuer: config.issuer,
        }),
      ),
    )
  })
  try {
    const query = await Promise.race([frame.answer, timeout])
    cancel()
    const callback = await receiveCallback(ports, wire, flow, 'frame', framed.redirectUri + query)
    const grant = await finishSignIn(ports, wire, servers, flow, callback, leaving.transaction, leaving.dpop)
    wire.tell(flow, {
      kind: 'session_changed',
      status: known ? 'renewed' : 'signed_in',
      reason: 'hidden frame',
    })
    return { ...grant, config }
  } finally {
    cancel()
    frame.close()
  }
}

/** The answer that a frame gave about cookies: `login_required` in a frame may only mean that it is blind. */
export function frameSaysNothing(error: unknown): boolean {
  return (
    error instanceof OAuthError && /^silent_(interaction_required|timeout|frame_blocked)$/.test(error.code)
  )
}
