/** The eight values: what each one is, and whether it must stay hidden. */
import type { ValueName } from '../oauth/step.ts'

export interface ValueText {
  readonly what: string
  /** Hidden until the person reveals it: all but the challenge, as in the copy that is kept over a reload. */
  readonly secret: boolean
}

export const valueTexts: Readonly<Record<ValueName, ValueText>> = {
  code_verifier: { what: 'The secret that the app makes and shows last.', secret: true },
  code_challenge: { what: 'The hash of the verifier. Public.', secret: false },
  state: { what: 'The mark that comes back in the address.', secret: true },
  nonce: { what: 'The mark that comes back in the ID token.', secret: true },
  code: { what: 'The ticket for one exchange.', secret: true },
  access_token: { what: 'The key to the API.', secret: true },
  refresh_token: { what: 'Gets the next access token.', secret: true },
  id_token: { what: 'The signed statement about the person.', secret: true },
}
