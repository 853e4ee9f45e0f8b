/** Which configuration is the demo's, and what it is called then: its port is whatever it was started with. */
import { type ClientConfig, isLoopback } from '../oauth/client-config.ts'
import { demo as preset } from '../presets/demo.ts'
import type { Preset } from '../presets/preset.ts'
import { presetOfIssuer } from '../presets/presets.ts'
import { parseUrl } from './address.ts'

/**
 * The `config.json` that `npm start` writes: a provider on this computer, at no path, and the client id that the demo
 * registers. Ask it of `config.json` alone: somebody else's provider may run on this computer as well.
 */
export function isDemo(config: ClientConfig): boolean {
  const url = parseUrl(config.issuer)
  return (
    url?.protocol === 'http:' &&
    isLoopback(url.hostname) &&
    url.pathname === '/' &&
    config.clientId === preset.clientIdExample
  )
}

/** @param demo the configuration of the demo, null when it is not known to run */
export const presetLike = (config: Pick<ClientConfig, 'issuer'>, demo: ClientConfig | null): Preset =>
  demo?.issuer === config.issuer ? preset : presetOfIssuer(config.issuer)
