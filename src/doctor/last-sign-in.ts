/** The last sign-in of this tab, and what it was asked with: another provider's proves nothing about this one. */
import { splitWords } from '../choice/form-values.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { SignInFacts } from './facts.ts'

export interface LastSignIn extends SignInFacts {
  readonly issuer: string
  readonly clientId: string
  /** What was asked for. */
  readonly scope: string
}

/** The facts, when this configuration asks for nothing that the sign-in did not ask for; else null. */
export function factsFor(last: LastSignIn | null, config: ClientConfig | null): SignInFacts | null {
  if (!last || !config || last.issuer !== config.issuer || last.clientId !== config.clientId) return null
  const asked = splitWords(last.scope)
  return splitWords(config.scope).every(each => asked.includes(each)) ? last : null
}
