/** An authorization request in a hidden frame: the callback it ends at, or that it does not end at one. */
import { receiveCallback } from '../session/callback.ts'
import { releaseAddress } from '../session/sign-in.ts'
import type { Flow } from '../session/wire.ts'
import type { Bench } from './bench.ts'

export interface Hearing {
  /** Without the cookies of this browser, where it can do that. */
  readonly blind?: boolean
  /** Milliseconds after which a page that is still loading counts as one that stays. */
  readonly patience?: number
}

/** @returns the callback as it arrived, or null: the provider kept the frame on a page of its own */
export async function openInFrame(
  bench: Bench,
  flow: Flow,
  url: string,
  redirectUri: string,
  { blind, patience }: Hearing = {},
): Promise<string | null> {
  const { ports, surroundings } = bench
  const frame = surroundings.watchFrame(await releaseAddress(bench, flow, 'frame', { url }), blind)
  let cancel = () => {}
  const ends: Promise<string | null>[] = [frame.answer, frame.silence.then(() => null)]
  if (patience !== undefined)
    ends.push(
      new Promise(resolve => {
        cancel = ports.after(patience, () => resolve(null))
      }),
    )
  try {
    const query = await Promise.race(ends)
    if (query === null) return null
    const address = new URL(frame.path() ?? redirectUri, ports.origin).href + query
    return await receiveCallback(bench, flow, 'frame', address)
  } finally {
    cancel()
    frame.close()
  }
}
