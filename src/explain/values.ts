/** The eight values: what each one is, and whether it must stay hidden. */
import type { ValueName } from '../oauth/step.ts'

export interface ValueText {
  readonly what: string
  /** Hidden until the person reveals it: all but the challenge, as in the copy that is kept over a reload. */
  readonly secret: boolean
  /** The shape in which the value is drawn, for people who read the shapes. */
  readonly shape: string
}

export const valueTexts: Readonly<Record<ValueName, ValueText>> = {
  code_verifier: {
    what: 'The secret that the app makes and shows last.',
    secret: true,
    shape: 'filled diamond',
  },
  code_challenge: { what: 'The hash of the verifier. Public.', secret: false, shape: 'hollow diamond' },
  state: { what: 'The mark that comes back in the address.', secret: true, shape: 'circle' },
  nonce: { what: 'The mark that comes back in the ID token.', secret: true, shape: 'triangle' },
  code: { what: 'The ticket for one exchange.', secret: true, shape: 'square' },
  access_token: { what: 'The key to the API.', secret: true, shape: 'hexagon' },
  refresh_token: { what: 'Gets the next access token.', secret: true, shape: 'open ring' },
  id_token: { what: 'The signed statement about the person.', secret: true, shape: 'four-point star' },
}

export function isValueName(text: string): text is ValueName {
  return Object.hasOwn(valueTexts, text)
}
