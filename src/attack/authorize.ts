/** Getting a fresh code: by a hidden frame when the provider's session is visible there, else by a window and a click. */
import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Via } from '../oauth/step.ts'
import { receiveCallback } from '../session/callback.ts'
import type { Popup } from '../session/ports.ts'
import { type Leaving, prepareSignIn, releaseAddress, silentCallback } from '../session/sign-in.ts'
import { type Flow, newFlow } from '../session/wire.ts'
import type { Bench, Person } from './bench.ts'
import { type Hearing, openInFrame } from './in-frame.ts'
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

/** Where a clean request in a frame has been answered: only there does silence say anything. */
const speaking = new WeakSet<Surroundings>()

export const noteFrameSpeaks = ({ surroundings }: Pick<Bench, 'surroundings'>): void => {
  speaking.add(surroundings)
}

/** Milliseconds for a hidden frame to come back: a page that loads for longer needs the person. */
const patience = 10_000

/**
 * A clean authorization request. Where a hidden frame is not answered, the person is asked for a window.
 * @throws RunEnded when the person would rather not
 */
export async function authorize(bench: Bench, config: Partial<ClientConfig> = {}): Promise<Arrival> {
  const used = { ...bench.config, ...config, redirectUri: silentCallback(bench) }
  const framed = await byFrame(bench, used, { patience })
  if (framed.type === 'stayed' || asksForPerson(framed))
    return byPopup(bench, used, await openWindow(bench), null)
  if (framed.code !== '') noteFrameSpeaks(bench)
  return framed
}

/**
 * An authorization request with this edit. Silence is an answer where a frame has spoken before, else a window and
 * the person tell.
 * @throws RunEnded when the person would rather not
 */
export async function authorizeBent(bench: Bench, edit: Edit): Promise<Arrival> {
  const used = { ...bench.config, redirectUri: silentCallback(bench) }
  const framed = await bench.script.during(edit, () => byFrame(bench, used, { patience }))
  if (framed.type === 'stayed' ? speaking.has(bench.surroundings) : !asksForPerson(framed)) return framed
  const popup = await openWindow(bench)
  return bench.script.during(edit, () => byPopup(bench, used, popup, bench.person.stayed()))
}

/** `prompt=none` from a frame without cookies: a provider that does not know the person. */
export async function authorizeBlindly(bench: Bench): Promise<Arrival> {
  return byFrame(bench, { ...bench.config, redirectUri: silentCallback(bench) }, { blind: true })
}

/** "Not without the person", said in the answer. */
export const needsPerson = /^(login|interaction|consent|account_selection)_required$/

/** A window may answer that better. */
const asksForPerson = ({ url }: Begun): boolean =>
  needsPerson.test(new URL(url).searchParams.get('error') ?? '')

export const declined = (): RunEnded =>
  new RunEnded(
    failed('person_declined', 'The provider wants to ask you something, and the window was not opened.'),
  )

async function openWindow({ person }: Bench): Promise<Popup> {
  const popup = await person.window('The provider wants to see you before it gives a code.')
  if (!popup) throw declined()
  return popup
}

async function byFrame(bench: Bench, config: ClientConfig, hearing: Hearing): Promise<Arrival> {
  const flow = newFlow('restore')
  const leaving = await prepareSignIn(
    bench,
    config,
    { prompt: 'none' },
    { flow, via: 'frame', purpose: 'restore' },
  )
  const url = await openInFrame(bench, flow, leaving.url, config.redirectUri, hearing)
  return url === null
    ? { type: 'stayed', seenBy: 'page' }
    : backAt(url, { flow, leaving, config, via: 'frame' })
}

/** @param question whether the window stayed at the provider; null when staying is not an answer */
async function byPopup(
  bench: Bench,
  config: ClientConfig,
  popup: Popup,
  question: ReturnType<Person['stayed']> | null,
): Promise<Arrival> {
  const flow = newFlow('sign_in')
  try {
    const leaving = await prepareSignIn(bench, config, {}, { flow, via: 'popup', purpose: 'sign_in' })
    const address = await releaseAddress(bench, flow, 'popup', leaving)
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
