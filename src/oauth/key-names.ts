/** Names of published keys that leave a doubt which key a token means (IDT-11). */
import { type PublicKey, selectKey } from './keys.ts'

/** One for each kind of key that need not say its algorithm. */
const usual = ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** The algorithms for which several of these keys fit one token. */
function doubtful(keys: readonly PublicKey[], kid: string | undefined): string[] {
  const named = keys.flatMap(({ alg }) => alg ?? [])
  return [...usual, ...named].filter(alg => selectKey(keys, alg, kid) === 'id_token_kid_ambiguous')
}

/** A name that several keys of one kind have; other kinds may share one, since a token tells its kind (RFC 7517 §4.5). */
export const doubledKid = (keys: readonly PublicKey[]): string | undefined =>
  keys.find(({ kid }) => kid !== undefined && doubtful(keys, kid).length > 0)?.kid

/** The keys without a name that are not the only ones of their kind. */
export function namelessAmongOthers(keys: readonly PublicKey[]): PublicKey[] {
  const algorithms = doubtful(keys, undefined)
  return keys.filter(
    key =>
      key.kid === undefined &&
      algorithms.some(alg => selectKey([key], alg, undefined) !== 'jwks_key_not_found'),
  )
}
