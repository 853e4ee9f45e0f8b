/**
 * `npm run interop -- keycloak|glewlwyd|spring|hydra`: a provider that nobody here wrote, started on loopback, with the
 * built app in a real browser. Where it cannot run, one line says why, and nothing fails.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isPortTaken } from '../provider/loopback-server.ts'
import { launchBrowser } from './browser.ts'
import * as plain from './code-flow.ts'
import { run } from './command.ts'
import { diagnose } from './diagnosis.ts'
import { startGlewlwyd } from './glewlwyd.ts'
import { startHydra } from './hydra.ts'
import { walk, walkExtensions } from './journey.ts'
import { startKeycloak } from './keycloak.ts'
import { runProgram } from './program.ts'
import type { Ports, RunningProvider } from './provider.ts'
import { startSpring } from './spring.ts'
import { serveBuiltApp } from './static-app.ts'
import { Tally } from './tally.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const home = join(root, '.interop')
const starters = { keycloak: startKeycloak, glewlwyd: startGlewlwyd, hydra: startHydra, spring: startSpring }

/** @throws Error with one line that names the variable: not a port, or taken by something else */
async function freePort(variable: string, fallback: number): Promise<number> {
  const number = Number(process.env[variable] ?? fallback)
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new Error(`${variable} must be a port`)
  if (await isPortTaken(number)) throw new Error(`port ${number} is taken; choose another with ${variable}`)
  return number
}

/** The control: a plain client without a browser. */
async function provePlainClient(provider: RunningProvider, tally: Tally, redirectUri: string): Promise<void> {
  await tally.check(
    'control: a plain oauth4webapi client signs in, reads the profile and refreshes',
    async () => {
      const session = await plain.signIn(provider, provider.client, redirectUri)
      const profile = await plain.userInfo(session)
      if (profile.name !== provider.person.name) throw new Error(`the profile says ${String(profile.name)}`)
      const answer = `iss in the answer: ${session.answeredWithIssuer ? 'yes' : 'no'}`
      const { refresh_token: first } = session.tokens
      if (provider.renewsBy === 'hidden frame') {
        if (first !== undefined) throw new Error('a refresh token came')
        return `${answer}, no refresh token for a public client`
      }
      const { refresh_token: second } = await plain.refresh(session)
      return `${answer}, refresh token rotates: ${second !== undefined && second !== first ? 'yes' : 'no'}`
    },
  )
  await tally.check('control: PKCE is enforced where it is set, and not where it is left off', async () => {
    const strict = await plain.withoutPkce(provider, provider.issuer, provider.client, redirectUri)
    const { issuer, client } = provider.pkceOff
    const loose = await plain.withoutPkce(provider, issuer, client, redirectUri)
    if (strict === null) throw new Error('a request without code_challenge was accepted')
    if (loose !== null) throw new Error(`the client without PKCE was refused: ${loose}`)
    return `${strict} / a code`
  })
}

async function main(name: string): Promise<number> {
  const start = Object.entries(starters).find(([each]) => each === name)?.[1]
  if (!start) {
    console.error(`interop: choose one of ${Object.keys(starters).join(', ')}`)
    return 1
  }
  const ports: Ports = {
    provider: await freePort('INTEROP_PROVIDER_PORT', 18080),
    management: await freePort('INTEROP_MANAGEMENT_PORT', 18089),
    app: await freePort('INTEROP_APP_PORT', 18081),
  }
  const print = (line: string) => console.log(line)
  const provider = await start(home, ports, `http://localhost:${ports.app}`, print)
  if ('notRun' in provider) {
    print(`interop with ${name} was not run: ${provider.notRun}`)
    return 0
  }
  const closing: (() => Promise<void>)[] = [provider.stop]
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  const tally = new Tally(print)
  try {
    const built = join(home, 'app')
    const build = await run(
      'npx',
      ['vite', 'build', '--outDir', built, '--emptyOutDir', '--logLevel', 'error'],
      { cwd: root },
    )
    if (build.code !== 0) throw new Error(`the app could not be built: ${build.output.slice(-2000)}`)
    const origins = [provider.issuer, provider.pkceOff.issuer].map(each => new URL(each).origin)
    const pages = origins.includes(provider.pages) ? [] : [provider.pages]
    const app = await serveBuiltApp(built, ports.app, { origins, pages })
    closing.push(app.close)
    const browser = await launchBrowser()
    closing.push(() => browser.close())
    print(`${provider.title}, issuer ${provider.issuer}`)
    await provePlainClient(provider, tally, `${app.origin}/callback`)
    const refused: string[] = []
    const journey = {
      provider,
      metadata: await plain.discover(provider.issuer),
      app,
      browser,
      tally,
      refused,
    }
    await walk(journey)
    await walkExtensions(journey)
    await diagnose(journey)
    await tally.check(
      'nothing was refused by the strict policy (CSP, Trusted Types) on any page',
      async () => {
        if (refused.length > 0) throw new Error([...new Set(refused)].join('\n'))
        return `pinned to ${[...new Set([...origins, ...pages])].join(', ')}`
      },
    )
  } finally {
    await closeAll()
  }
  print(tally.closingLine())
  return tally.failed === 0 ? 0 : 1
}

await runProgram('interop', main)
