/** The whole demo: authorization server, API and app, started together and stopped together. */
import { type AppConfig, serveApp } from './app-server.ts'
import { createAuthorizationServer } from './authorization-server.ts'
import { isPortTaken } from './loopback-server.ts'
import { apiOf, clientId, type DemoOptions, issuerOf } from './options.ts'
import { type IssuedSecrets, RequestLog } from './request-log.ts'
import { createResourceServer } from './resource-server.ts'
import { Weaknesses } from './weaknesses.ts'

export interface DemoStart extends Partial<Omit<DemoOptions, 'port' | 'appOrigin' | 'resourcePort'>> {
  readonly appPort?: number | undefined
  readonly providerPort?: number | undefined
  readonly resourcePort?: number | undefined
  /** The app from source (`dev`), as built (`dist`), or not at all. */
  readonly serve?: 'dev' | 'dist' | 'none'
}

export interface Demo {
  readonly appOrigin: string
  readonly issuer: string
  readonly apiOrigin: string
  readonly profileUrl: string
  /** What the app reads at `/config.json`. */
  readonly config: AppConfig
  /** Requests of both servers, in the order in which they were answered. */
  readonly log: RequestLog
  readonly secrets: IssuedSecrets
  readonly weaknesses: Weaknesses
  close(): Promise<void>
}

/** A port that somebody else has. The message is the one line to show. */
export class PortTaken extends Error {}

const ports = [
  { key: 'appPort', variable: 'APP_PORT', fallback: 5173 },
  { key: 'providerPort', variable: 'PROVIDER_PORT', fallback: 9000 },
  { key: 'resourcePort', variable: 'RESOURCE_PORT', fallback: 9001 },
] as const

/** The app's runtime configuration for these ports. */
function appConfig(options: DemoOptions): AppConfig {
  const api = apiOf(options.resourcePort)
  return {
    issuer: issuerOf(options.port),
    client_id: clientId,
    scope: 'openid profile email read_profile',
    profile_url: `${api}/user/profile`,
  }
}

/**
 * Starts everything.
 * @throws PortTaken, before anything was started, when one of the ports is not free
 */
export async function startDemo(start: DemoStart = {}): Promise<Demo> {
  const { appPort, providerPort, resourcePort, serve = 'dev', ...rest } = start
  const chosen = { appPort, providerPort, resourcePort }
  // Also by this very start: APP_PORT=9000 asks for the port of the provider.
  const own = new Set<number>()
  for (const { fallback, key, variable } of ports) {
    if (key === 'appPort' && serve === 'none') continue
    const port = chosen[key] ?? fallback
    if (own.has(port) || (await isPortTaken(port)))
      throw new PortTaken(
        `Port ${port} is taken. Stop what uses it, or choose another port with ${variable}.`,
      )
    own.add(port)
  }
  const app = appPort ?? 5173
  const options: DemoOptions = {
    ...rest,
    port: providerPort ?? 9000,
    resourcePort: resourcePort ?? 9001,
    appOrigin: `http://localhost:${app}`,
    weaknesses: start.weaknesses ?? new Weaknesses(),
  }
  const config = appConfig(options)
  const log = new RequestLog()
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    await Promise.all(closers.map(each => each()))
  }
  try {
    const authorizationServer = await createAuthorizationServer(options, log)
    closers.push(authorizationServer.close)
    const resourceServer = await createResourceServer(options, log)
    closers.push(resourceServer.close)
    if (serve !== 'none') closers.push(await serveApp(serve, app, config))
    return {
      appOrigin: options.appOrigin,
      issuer: authorizationServer.issuer,
      apiOrigin: resourceServer.origin,
      profileUrl: `${resourceServer.origin}/user/profile`,
      config,
      log,
      secrets: authorizationServer.secrets,
      weaknesses: authorizationServer.weaknesses,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
