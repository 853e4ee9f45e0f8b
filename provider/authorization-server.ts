/** The demo authorization server: `oidc-provider`, with its own pages, a log, and faults that can be switched on. */
import type { RequestListener } from 'node:http'
import { createAccounts } from './accounts.ts'
import { serveAssets } from './assets.ts'
import { finishIdToken } from './id-token.ts'
import { serveInteractions } from './interactions.ts'
import { createSigningKeys } from './keys.ts'
import { listenOnLoopback, type RunningServer } from './loopback-server.ts'
import { type Middleware, Provider } from './oidc-provider.ts'
import { apiOf, appOrigins, clientId, type DemoOptions, issuerOf, otherClientId } from './options.ts'
import { showError } from './pages/error-page.ts'
import { homePage } from './pages/home-page.ts'
import { showPage } from './pages/layout.ts'
import {
  listApiScopes,
  openForApp,
  protectPages,
  readForms,
  recordRequests,
  takeFormsAsQueries,
} from './protocol-steps.ts'
import { createConfiguration, createServerSecrets, type Foundations } from './provider-configuration.ts'
import { IssuedSecrets, RequestLog } from './request-log.ts'
import { serveSignOut } from './sign-out.ts'
import { createStore } from './store.ts'
import { loosenClient, weakenAuthorize } from './weak/authorize.ts'
import { weakenDocuments } from './weak/documents.ts'
import { allowPasswordGrant } from './weak/password-grant.ts'
import { weakenToken } from './weak/token.ts'
import { serveWeaknessControl } from './weakness-control.ts'
import { Weaknesses } from './weaknesses.ts'

export interface AuthorizationServer extends RunningServer {
  readonly issuer: string
  readonly log: RequestLog
  /** Codes and tokens that were given out. */
  readonly secrets: IssuedSecrets
  readonly weaknesses: Weaknesses
}

/** Pages outside the protocol: the front door, and what is shown when nothing is found. */
function frame(appOrigin: string): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/' && ctx.method === 'GET') showPage(ctx, homePage(appOrigin))
    else await next()
    if (ctx.status === 404 && ctx.body === undefined && ctx.accepts('json', 'html') === 'html')
      showError(
        ctx,
        { code: 'not_found', description: null, registered: null, received: null, appOrigin },
        404,
      )
  }
}

/** Builds the library with the faults that are on. Sessions, codes and tokens live in the store and survive. */
async function assemble(
  foundations: Foundations,
  log: RequestLog,
  secrets: IssuedSecrets,
): Promise<RequestListener> {
  const { accounts, keys, options, weaknesses } = foundations
  const provider = new Provider(issuerOf(options.port), createConfiguration(foundations))
  const origins = appOrigins(options)
  if (weaknesses.has('password_grant_allowed')) allowPasswordGrant(provider, accounts)
  for (const id of [clientId, otherClientId]) {
    const client = await provider.Client.find(id)
    if (client) loosenClient(client, weaknesses)
  }
  const steps: Middleware[] = [
    recordRequests(log, secrets),
    protectPages(origins, apiOf(options.resourcePort), weaknesses),
    serveAssets,
    serveWeaknessControl(weaknesses, origins),
    openForApp(origins),
    readForms,
    frame(options.appOrigin),
    serveInteractions(provider, accounts, options.appOrigin),
    serveSignOut,
    weakenToken(provider, weaknesses),
    finishIdToken(keys, weaknesses),
    weakenDocuments(provider, weaknesses),
    listApiScopes,
    takeFormsAsQueries,
    weakenAuthorize(provider, weaknesses),
  ]
  for (const step of steps) provider.use(step)
  provider.on('server_error', (_ctx, error) => console.error(error))
  return provider.callback()
}

/**
 * Starts the authorization server on localhost.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function createAuthorizationServer(
  options: DemoOptions,
  log: RequestLog = new RequestLog(),
): Promise<AuthorizationServer> {
  const weaknesses = options.weaknesses ?? new Weaknesses()
  const secrets = new IssuedSecrets()
  const foundations: Foundations = {
    options,
    weaknesses,
    accounts: createAccounts(apiOf(options.resourcePort)),
    keys: await createSigningKeys(),
    store: createStore(),
    ...createServerSecrets(),
  }
  let current = assemble(foundations, log, secrets)
  await current
  weaknesses.onChange(() => {
    current = assemble(foundations, log, secrets)
    // Whoever asks next is told; nobody is waiting for it now, and an unheard rejection would end the process.
    current.catch(() => {})
  })
  const server = await listenOnLoopback(
    async (request, response) => (await current)(request, response),
    options.port,
  )
  return { issuer: issuerOf(options.port), log, secrets, weaknesses, close: server.close }
}
