/** The provider's sign-in page, on its way into a frame. */
import { prepareSignIn, releaseAddress, silentCallback } from '../session/sign-in.ts'
import { newFlow } from '../session/wire.ts'
import type { Bench } from './bench.ts'

/** @returns the address of a page that the provider must show: `prompt=login` lets no session answer for it */
export function framedSignIn(bench: Bench): Promise<string> {
  return bench.log.as('browser', async () => {
    const flow = newFlow('sign_in')
    const used = { ...bench.config, redirectUri: silentCallback(bench) }
    const { url } = await prepareSignIn(
      bench,
      used,
      { prompt: 'login' },
      { flow, via: 'frame', purpose: 'sign_in' },
    )
    return releaseAddress(bench, flow, 'frame', { url })
  })
}
