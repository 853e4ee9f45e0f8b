/** Made-up answers, posted to the page while the app waits for its own hidden frame. */

import { isObject } from '../oauth/check.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { openFrame } from '../session/browser-windows.ts'
import { signInByFrame } from '../session/restore.ts'
import { createServerKnowledge } from '../session/server.ts'
import { silentCallback } from '../session/sign-in.ts'
import { createWire } from '../session/wire.ts'
import type { Bench } from './bench.ts'

export interface ForgedMessagesEnd {
  /** How many of the two messages reached the page. */
  readonly sent: number
  /** The app took one of them for the answer. */
  readonly accepted: boolean
  readonly error: OAuthError | null
}

/** Milliseconds for a page of our own to load and speak. */
const patience = 5_000

/**
 * Signs in with the real listener of the app. Two frames post an answer with the right state and a foreign code:
 * one of this origin, which is not the frame that the app opened, and one of an origin of its own. Then the
 * provider may answer.
 */
export async function signInUnderForgedMessages(
  bench: Bench,
  foreignCode: string,
): Promise<ForgedMessagesEnd> {
  const { config, log } = bench
  let sent = 0
  const ports: Bench['ports'] = {
    ...bench.ports,
    openFrame: url => {
      const waiting = openFrame('about:blank')
      const frame = [...document.querySelectorAll('iframe')].findLast(each => each.src === 'about:blank')
      const state = new URL(url).searchParams.get('state') ?? ''
      const forged = new URL(silentCallback(bench))
      forged.search = new URLSearchParams({ code: foreignCode, state, iss: config.issuer }).toString()
      log.act({
        from: 'attacker',
        to: 'app',
        text: 'Two made-up answers',
        values: [{ value: 'code', text: foreignCode }],
      })
      void postForged(forged.href).then(count => {
        sent = count
        if (frame) frame.src = url
      })
      return waiting
    },
  }
  const wire = createWire(ports)
  const isForeign = () =>
    log.exhibits.some(
      each =>
        each.type === 'step' &&
        each.step.kind === 'token_request' &&
        new URLSearchParams(each.step.request.body ?? '').get('code') === foreignCode,
    )
  try {
    await signInByFrame({ ports, wire, servers: createServerKnowledge(ports, wire) }, config, null)
    return { sent, accepted: isForeign(), error: null }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return { sent, accepted: isForeign(), error }
  }
}

/** @returns how many of the two messages were heard on this page */
async function postForged(url: string): Promise<number> {
  const { search } = new URL(url)
  const frames = [hiddenFrame(url, null), hiddenFrame(url, 'allow-scripts')]
  const giveUp = new AbortController()
  let heard = 0
  const both = new Promise<void>(resolve => {
    const hear = ({ data }: MessageEvent<unknown>) => {
      if (isObject(data) && data['query'] === search && ++heard === frames.length) resolve()
    }
    addEventListener('message', hear, { signal: giveUp.signal })
    setTimeout(resolve, patience)
  })
  document.documentElement.append(...frames)
  await both
  giveUp.abort()
  for (const frame of frames) frame.remove()
  return heard
}

function hiddenFrame(url: string, sandbox: string | null): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'Experiment'
  if (sandbox !== null) frame.setAttribute('sandbox', sandbox)
  frame.src = url
  return frame
}
