/** Asks all questions, in parallel where they do not wait for each other, and tells the findings in order. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import { presetOfIssuer } from '../presets/presets.ts'
import { askCodeFlow, askExtensions, askIssuerInResponse, askPkce } from './ask-abilities.ts'
import { askAuthorizationCors } from './ask-authorization-cors.ts'
import { askTokenCors } from './ask-cors.ts'
import { askDiscovery, askIssuer } from './ask-discovery.ts'
import { askEndpoints } from './ask-endpoints.ts'
import { askRedirectRegistered, askSecureContext } from './ask-here.ts'
import { askKeys } from './ask-keys.ts'
import { askCallback } from './ask-own-pages.ts'
import { askProfile } from './ask-profile.ts'
import { askPublicClient } from './ask-public-client.ts'
import { askAccessToken, askRefresh, askScopes } from './ask-scopes.ts'
import { askClock, askCookies } from './ask-session.ts'
import { askSignOut } from './ask-sign-out.ts'
import {
  collectFacts,
  type Facts,
  nothingPasted,
  type Pasted,
  type Remember,
  type SignInFacts,
} from './facts.ts'
import type { Finding, Said } from './finding.ts'
import type { ProbePorts } from './probe.ts'

type Ask = (facts: Facts) => Promise<readonly Said[]>

/** In the order in which they are told. */
const questions: readonly (readonly [string, Ask])[] = [
  ['secure_context', askSecureContext],
  ['callback', askCallback],
  ['discovery', askDiscovery],
  ['issuer', askIssuer],
  ['endpoints', askEndpoints],
  ['code_flow', askCodeFlow],
  ['pkce', askPkce],
  ['public_client', askPublicClient],
  ['token_cors', askTokenCors],
  ['keys', askKeys],
  ['scopes', askScopes],
  ['userinfo_cors', askProfile],
  ['issuer_in_response', askIssuerInResponse],
  ['authorization_cors', askAuthorizationCors],
  ['refresh', askRefresh],
  ['extensions', askExtensions],
  ['cookies', askCookies],
  ['clock', askClock],
  ['access_token', askAccessToken],
  ['sign_out', askSignOut],
  ['redirect', askRedirectRegistered],
]

export interface Progress {
  readonly done: number
  readonly of: number
}

export interface ExamineOptions {
  readonly config: ClientConfig
  readonly ports: ProbePorts
  /** Called for each question in order, also for one that has nothing to say. */
  readonly onFindings?: (findings: readonly Finding[], progress: Progress) => void
  /** Default: the one that the issuer looks like. */
  readonly preset?: Preset
  readonly pasted?: Pasted
  readonly lastSignIn?: SignInFacts | null
  readonly remember?: Remember
}

/**
 * Examines a provider from this browser. Every question is asked, whatever the others found.
 * @returns all findings, in the order of the questions
 */
export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const facts = collectFacts({
    config: options.config,
    ports: options.ports,
    preset: options.preset ?? presetOfIssuer(options.config.issuer),
    pasted: options.pasted ?? nothingPasted,
    lastSignIn: options.lastSignIn ?? null,
    remember: options.remember ?? ((_kind, _url, ask) => ask()),
  })
  const asked = questions.map(([question, ask]) =>
    ask(facts).then(said => said.map((each): Finding => ({ ...each, fix: each.fix ?? null, question }))),
  )
  // One that fails while an earlier one is still waited for is not unhandled: it is awaited below.
  for (const each of asked) each.catch(() => {})
  const all: Finding[] = []
  for (const [at, each] of asked.entries()) {
    const findings = await each
    all.push(...findings)
    options.onFindings?.(findings, { done: at + 1, of: questions.length })
  }
  return all
}

export const questionCount = questions.length
