/** The provider's sign-in page, on its way into a frame. */
import { prepareSignIn, releaseAddress } from '../session/sign-in.ts'
import { newFlow } from '../session/wire.ts'
import { type Bench, silentCallback } from './bench.ts'

/** @returns the address of a page that the provider must show: `prompt=login` lets no session answer for it */
export function framedSignIn({ config, ports, wire, servers, log }: Bench): Promise<string> {
  return log.as('browser', async () => {
    const flow = newFlow('sign_in')
    const used = { ...config, redirectUri: silentCallback({ ports }) }
    const { url } = await prepareSignIn(
      ports,
      wire,
      servers,
      used,
      { prompt: 'login' },
      { flow, via: 'frame', purpose: 'sign_in' },
    )
    return releaseAddress(ports, wire, flow, 'frame', url)
  })
}
