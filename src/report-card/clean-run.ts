/** The control: a clean sign-in, without which no refusal proves anything. */
import { authorize, type Begun } from '../attack/authorize.ts'
import type { Bench } from '../attack/bench.ts'
import { type Answer, errorInCallback } from '../attack/verdict.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { judgeTokenResponse, type TokenSet } from '../oauth/token.ts'
import { CheckEnded, unreadable } from './findings.ts'

/** A finished clean exchange. */
export interface Sample {
  readonly begun: Begun
  readonly tokens: TokenSet
  readonly answer: Extract<Answer, { type: 'response' }>
}

/** A fresh code. @throws CheckEnded when even a clean request gets none */
export async function cleanCode(bench: Bench, config?: Partial<ClientConfig>): Promise<Begun> {
  const arrival = await authorize(bench, config)
  if (arrival.type === 'stayed')
    throw new CheckEnded(unreadable('no answer', 'A clean request got no answer either.'))
  const error = errorInCallback(arrival.url)
  if (error !== null || arrival.code === '')
    throw new CheckEnded(unreadable(error ?? 'no code', 'A clean request was refused as well.'))
  return arrival
}

/** The tokens for a code; they are not judged further than that they are there. @throws CheckEnded when they are not */
export async function cleanSample(begun: Begun, redeem: (begun: Begun) => Promise<Answer>): Promise<Sample> {
  const answer = await redeem(begun)
  if (answer.type === 'unread')
    throw new CheckEnded(unreadable(answer.error.code, 'A clean exchange could not be read.'))
  const { value, error } = judgeTokenResponse(answer.response, {
    issuer: begun.config.issuer,
    scope: begun.config.scope,
    dpop: begun.leaving.dpop !== null,
    idTokenRequired: false,
  })
  if (value) return { begun, tokens: value, answer }
  const seen = error?.protocolError ?? error?.code ?? 'no tokens'
  throw new CheckEnded(unreadable(seen, 'A clean exchange was refused as well.'))
}
