/** The whole demo: authorization server, API and app, started together and stopped together. */
import { type AppConfig, serveApp } from './app-server.ts'
import { createAuthorizationServer } from './authorization-server.ts'
import { codeOf, isPortTaken } from './loopback-server.ts'
import { apiOf, clientId, type DemoOptions, issuerOf } from './options.ts'
import { type IssuedSecrets, RequestLog } from './request-log.ts'
import { createResourceServer } from './resource-server.ts'
import { Weaknesses } from './weaknesses.ts'

export interface DemoStart extends Partial<Omit<DemoOptions, 'port' | 'appOrigin' | 'resourcePort'>> {
  readonly appPort?: number | undefined
  readonly providerPort?: number | undefined
  readonly resourcePort?: number | undefined
  /** Which environment variable decides about a port, to be named where the port cannot be had. */
  readonly portVariables?: Readonly<Partial<Record<PortName, string>>> | undefined
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

/** A port that somebody else has, or that needs more rights. The message is the one line to show. */
export class PortUnavailable extends Error {}

type PortName = 'appPort' | 'providerPort' | 'resourcePort'

const ports: readonly { key: PortName; fallback: number }[] = [
  { key: 'appPort', fallback: 5173 },
  { key: 'providerPort', fallback: 9000 },
  { key: 'resourcePort', fallback: 9001 },
]

/** @throws PortUnavailable when the port cannot be had */
async function claim(port: number, own: Set<number>, variable: string | undefined): Promise<void> {
  const advice = variable === undefined ? '' : `, or choose another port with ${variable}`
  const isTaken = await isPortTaken(port).catch((error: unknown) => {
    if (codeOf(error) !== 'EACCES') throw error
    throw new PortUnavailable(`Port ${port} needs more rights than this process has. Give them${advice}.`)
  })
  if (isTaken || own.has(port))
    throw new PortUnavailable(`Port ${port} is taken. Stop what uses it${advice}.`)
  own.add(port)
}

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
 * @throws PortUnavailable, before anything was started, when one of the ports is not free
 */
export async function startDemo(start: DemoStart = {}): Promise<Demo> {
  const { appPort, providerPort, resourcePort, portVariables, serve = 'dev', ...rest } = start
  const chosen = { appPort, providerPort, resourcePort }
  // Also by this very start: APP_PORT=9000 asks for the port of the provider.
  const own = new Set<number>()
  for (const { fallback, key } of ports)
    if (key !== 'appPort' || serve !== 'none') await claim(chosen[key] ?? fallback, own, portVariables?.[key])
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
