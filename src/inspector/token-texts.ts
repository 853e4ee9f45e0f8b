/** What is said about a token as a whole: its form, and who may judge its signature. */
import type { ValueName } from '../oauth/step.ts'
import type { VerdictKind } from '../ui/verdict.tsx'
import type { DecodedToken, SignatureVerdict } from './decode-token.ts'

export const signatureTexts: Readonly<
  Record<
    SignatureVerdict['state'],
    { readonly kind: VerdictKind; readonly verdict: string; readonly what: string }
  >
> = {
  valid: { kind: 'pass', verdict: 'valid', what: 'Checked in this run with the provider’s public key.' },
  invalid: { kind: 'fail', verdict: 'invalid', what: 'Checked in this run. The token was not used.' },
  unsigned: { kind: 'fail', verdict: 'no signature', what: 'Anyone could have written this.' },
  unchecked: {
    kind: 'none',
    verdict: 'not checked yet',
    what: 'No check of this token is recorded, so nothing is claimed.',
  },
  theirs: {
    kind: 'none',
    verdict: 'not yours to verify',
    what: 'The API checks it. For the app this token is a text to pass on; decoding it is for looking only.',
  },
  providers: {
    kind: 'none',
    verdict: 'not yours to verify',
    what: 'Only the provider that made it checks it. For the app it is a text to hand back; decoding it is for looking only.',
  },
  graph: {
    kind: 'none',
    verdict: 'not yours to verify',
    what: 'Its header has a nonce that is hashed before signing. Only the API that it was made for can check it, so a decoder that says “invalid” is mistaken.',
  },
}

/** Said in place of the parts when there are none to show. */
export function formText(token: DecodedToken, value: ValueName): string | null {
  if (token.type === 'encrypted') return 'Encrypted. Only its receiver can read it.'
  if (token.type === 'jwt') return null
  if (value === 'id_token') return 'This is not a JWT, and an ID token must be one.'
  if (value === 'access_token') return 'Opaque on purpose; only the issuer reads it. Nothing is missing.'
  return 'Opaque on purpose; only the issuer reads it.'
}
