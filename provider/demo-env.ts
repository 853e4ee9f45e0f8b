/** What the environment says about the demo. */
import type { DemoStart } from './demo.ts'
import { type SigningAlg, signingAlgs } from './keys.ts'
import { parseWeaknessIds, Weaknesses } from './weaknesses.ts'

function portFrom(env: NodeJS.ProcessEnv, variable: string): number | undefined {
  const text = env[variable]
  if (text === undefined || text === '') return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${variable} must be a port, not "${text}"`)
  return port
}

/** Origins are compared character by character, so each must be written as browsers write it (RFC 6454 §6.1). */
function originsFrom(env: NodeJS.ProcessEnv, variable: string): string[] {
  const origins = (env[variable] ?? '').split(',').map(each => each.trim())
  return origins.filter(each => {
    const isOrigin = URL.canParse(each) && new URL(each).origin === each && /^https?:/.test(each)
    if (each !== '' && !isOrigin)
      throw new Error(
        `${variable} must list origins such as http://localhost:5174, without slash or path at the end, not "${each}"`,
      )
    return isOrigin
  })
}

const portVariables = {
  appPort: 'APP_PORT',
  providerPort: 'PROVIDER_PORT',
  resourcePort: 'RESOURCE_PORT',
}

/**
 * Reads APP_PORT, PROVIDER_PORT, RESOURCE_PORT, EXTRA_APP_ORIGINS, ACCESS_TOKEN_SECONDS, DPOP_NONCE, ID_TOKEN_ALG
 * and WEAKNESSES.
 * @throws Error that names the variable and what is wrong with it
 */
export function demoStartFromEnv(env: NodeJS.ProcessEnv): DemoStart {
  const seconds = env['ACCESS_TOKEN_SECONDS'] ? Number(env['ACCESS_TOKEN_SECONDS']) : undefined
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds > 0))
    throw new Error('ACCESS_TOKEN_SECONDS must be a whole number of seconds')
  const alg = env['ID_TOKEN_ALG']
  const idTokenAlg = signingAlgs.find((each): each is SigningAlg => each === alg)
  if (alg && !idTokenAlg) throw new Error(`ID_TOKEN_ALG must be one of ${signingAlgs.join(', ')}`)
  return {
    appPort: portFrom(env, portVariables.appPort),
    providerPort: portFrom(env, portVariables.providerPort),
    resourcePort: portFrom(env, portVariables.resourcePort),
    portVariables,
    extraAppOrigins: originsFrom(env, 'EXTRA_APP_ORIGINS'),
    accessTokenSeconds: seconds,
    dpopNonce: env['DPOP_NONCE'] === '1',
    idTokenAlg,
    weaknesses: new Weaknesses(parseWeaknessIds(env['WEAKNESSES'] ?? '')),
  }
}
