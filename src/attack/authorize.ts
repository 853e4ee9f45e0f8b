/** Getting a fresh code: by a hidden frame when the provider's session is visible there, else by a window and a click. */
import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Via } from '../oauth/step.ts'
import { receiveCallback } from '../session/callback.ts'
import type { Popup } from '../session/ports.ts'
import { type Leaving, prepareSignIn, releaseAddress } from '../session/sign-in.ts'
import { type Flow, newFlow } from '../session/wire.ts'
import { type Bench, silentCallback } from './bench.ts'
import type { Surroundings } from './lab-ports.ts'
import type { Edit } from './scripted-hold.ts'
import { failed, RunEnded } from './verdict.ts'

/** A sign-in that has come back and is not finished: the code is in the address, unspent. */
export interface Begun {
  readonly flow: Flow
  readonly leaving: Leaving
  readonly config: ClientConfig
  readonly via: Via
  /** The callback as it arrived. */
  readonly url: string
  /** The code in it; empty when there is none. */
  readonly code: string
}

/** `stayed`: the provider kept the browser on a page of its own. */
export type Arrival =
  | ({ readonly type: 'back' } & Begun)
  | { readonly type: 'stayed'; readonly seenBy: 'page' | 'person' }

export interface BeginOptions {
  readonly config?: Partial<ClientConfig>
  readonly edit?: Edit
}

/** Where a clean request in a frame has been answered: only there does silence say anything. */
const speaking = new WeakSet<Surroundings>()

export const noteFrameSpeaks = ({ surroundings }: Pick<Bench, 'surroundings'>): void => {
  speaking.add(surroundings)
}

const needsPerson = /^(login|interaction|consent|account_selection)_required$/

export const declined = (): RunEnded =>
  new RunEnded(
    failed('person_declined', 'The provider wants to ask you something, and the window was not opened.'),
  )

/**
 * Sends an authorization request and waits for what comes back.
 * @param bent true when the request is an attack: silence is then an answer, not a reason to ask the person
 */
export async function authorize(
  bench: Bench,
  { config, edit }: BeginOptions,
  bent: boolean,
): Promise<Arrival> {
  const used = { ...bench.config, ...config, redirectUri: silentCallback(bench) }
  const framed = await bench.script.during(edit, () => byFrame(bench, used))
  if (framed.type === 'back' && !needsPerson.test(new URL(framed.url).searchParams.get('error') ?? '')) {
    if (!bent && framed.code !== '') noteFrameSpeaks(bench)
    return framed
  }
  if (framed.type === 'stayed' && bent && speaking.has(bench.surroundings)) return framed
  const popup = await bench.person.window('The provider wants to see you before it gives a code.')
  if (!popup) throw declined()
  return bench.script.during(edit, () => byPopup(bench, used, popup, bent))
}

async function byFrame(bench: Bench, config: ClientConfig): Promise<Arrival> {
  const { ports } = bench
  const flow = newFlow('restore')
  const leaving = await prepareSignIn(
    bench,
    config,
    { prompt: 'none' },
    { flow, via: 'frame', purpose: 'restore' },
  )
  const frame = bench.surroundings.watchFrame(await releaseAddress(bench, flow, 'frame', leaving.url))
  let cancel = () => {}
  const late = new Promise<null>(resolve => {
    cancel = ports.after(10_000, () => resolve(null))
  })
  try {
    const query = await Promise.race([frame.answer, frame.silence.then(() => null), late])
    if (query === null) return { type: 'stayed', seenBy: 'page' }
    const address = new URL(frame.path() ?? config.redirectUri, ports.origin).href + query
    return backAt(await receiveCallback(bench, flow, 'frame', address), {
      flow,
      leaving,
      config,
      via: 'frame',
    })
  } finally {
    cancel()
    frame.close()
  }
}

async function byPopup(bench: Bench, config: ClientConfig, popup: Popup, bent: boolean): Promise<Arrival> {
  const { person } = bench
  const flow = newFlow('sign_in')
  const question = bent ? person.stayed() : null
  try {
    const leaving = await prepareSignIn(bench, config, {}, { flow, via: 'popup', purpose: 'sign_in' })
    const address = await releaseAddress(bench, flow, 'popup', leaving.url)
    const { answer } = popup.go(address, leaving.transaction.state)
    const query = await Promise.race([answer, ...(question ? [question.answer.then(() => null)] : [])])
    if (query === null) return { type: 'stayed', seenBy: 'person' }
    const url = await receiveCallback(bench, flow, 'popup', config.redirectUri + query)
    return backAt(url, { flow, leaving, config, via: 'popup' })
  } finally {
    question?.done()
    popup.close()
  }
}

function backAt(url: string, begun: Omit<Begun, 'url' | 'code'>): Arrival {
  return { type: 'back', ...begun, url, code: new URL(url).searchParams.get('code') ?? '' }
}

/** What stood in the address as the challenge of this sign-in. */
export async function challengeOf({ leaving }: Begun): Promise<string> {
  return calculatePKCECodeChallenge(leaving.transaction.codeVerifier)
}
