/** META-12, IDT-10: the key set can be read, holds public keys only, and one that fits. */

import { jsonObject } from '../oauth/check.ts'
import { doubledKid, namelessAmongOthers } from '../oauth/key-names.ts'
import { allowedAlgorithms, type PublicKey, parseKeys } from '../oauth/keys.ts'
import { modulusBits } from '../oauth/modulus.ts'
import { parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'

const requirement = 'META-12'

export async function askKeys(facts: Facts): Promise<Said[]> {
  const seen = await facts.keys()
  if (!seen) return []
  if (seen.reach.kind === 'blocked') {
    const words = blockedWords(seen.reach.code, parseUrl(seen.url)?.origin ?? '', facts.ports)
    const cors = seen.reach.code === 'cors_blocked'
    return [
      {
        code: cors ? 'keys_cors_blocked' : 'jwks_fetch_failed',
        level: 'fail',
        stops: true,
        title: cors ? 'The keys may not be read from here' : 'The keys cannot be reached',
        seen: words.seen,
        why: `${words.why} Without the keys no ID token can be verified.`,
        fix: cors ? fixAt(words.advice, facts.place('origin')) : fixBy(words.advice),
        requirement: cors ? 'META-14' : requirement,
        paste: 'keys',
      },
    ]
  }
  const keys = seen.reach.status === 200 ? parseKeys(jsonObject(seen.reach.body)?.['keys']) : null
  if (!keys)
    return [
      {
        code: seen.reach.status === 200 ? 'jwks_invalid' : 'jwks_fetch_failed',
        level: 'fail',
        stops: true,
        title: seen.pasted ? 'What was pasted is not a key set' : 'The key address gives no key set',
        seen: seen.reach.status === 200 ? 'no list of keys' : String(seen.reach.status),
        why: 'An ID token is verified with one of these keys.',
        fix: fixBy(`Open ${seen.url} in another tab: it should show a list named keys.`),
        requirement,
        ...(seen.pasted ? { paste: 'keys' as const } : {}),
      },
    ]
  const announced = (await facts.metadata())?.list('id_token_signing_alg_values_supported')
  return judge(keys, announced, seen.pasted)
}

function judge(
  keys: readonly PublicKey[],
  announced: readonly string[] | undefined,
  pasted: boolean,
): Said[] {
  const usable = keys.filter(key => (key.use ?? 'sig') === 'sig' && /^(RSA|EC|OKP)$/.test(key.kty))
  const algorithms = allowedAlgorithms(announced)
  const said: Said[] = []
  if (keys.some(key => key.leaked))
    said.push({
      code: 'jwks_private_key_published',
      level: 'fail',
      title: 'The provider publishes a private or symmetric key',
      seen: keys
        .filter(key => key.leaked)
        .map(key => key.kid ?? key.kty)
        .join(', '),
      why: 'Whoever reads this address can sign tokens in the provider’s name. This app never uses such a key.',
      fix: fixBy('Tell the people who run the provider at once. The key has to be replaced.'),
      requirement,
    })
  if (usable.every(key => key.leaked) || algorithms.length === 0)
    said.push({
      code: 'jwks_key_not_found',
      level: 'fail',
      stops: true,
      title:
        algorithms.length === 0 ? 'No signature that this app can verify' : 'No key that verifies signatures',
      seen: algorithms.length === 0 ? (announced ?? []).join(', ') : `${keys.length} keys, none for signing`,
      why: 'This app verifies RSA, elliptic curve and Ed25519 signatures. A shared secret (HS256) or none is refused.',
      fix: fixBy('Let ID tokens of this client be signed with RS256 or ES256.'),
      requirement: 'IDT-09',
    })
  const weak = usable.filter(key => key.kty === 'RSA' && modulusBits(key) < 2048)
  if (weak.length > 0)
    said.push({
      code: 'jwks_key_too_short',
      level: 'fail',
      title: 'An RSA key is too short',
      seen: weak.map(key => `${key.kid ?? 'no kid'}: ${modulusBits(key)} bits`).join(', '),
      why: 'RFC 7518 asks for 2048 bits or more. A shorter key is refused here.',
      fix: fixBy('Make a new key of 2048 bits or more at the provider.'),
      requirement: 'IDT-10',
    })
  const doubled = doubledKid(usable)
  const nameless = namelessAmongOthers(usable)
  if (doubled !== undefined || nameless.length > 0)
    said.push({
      code: 'jwks_kid_ambiguous',
      level: 'warn',
      title: doubled === undefined ? 'Some keys have no name' : 'Two keys have the same name',
      seen: doubled === undefined ? `${nameless.length} of ${usable.length} without kid` : `kid ${doubled}`,
      why: 'A token names its key by kid. Where the name is missing or doubled, the app would have to guess and refuses.',
      fix: fixBy('Give every key a kid of its own at the provider.'),
      requirement: 'IDT-11',
    })
  if (said.length > 0) return said
  return [
    {
      code: 'keys_found',
      level: pasted ? 'warn' : 'pass',
      title: pasted ? 'The keys were pasted, not read' : 'Signing keys found',
      seen: `${usable.length} ${usable.length === 1 ? 'key' : 'keys'}, ${algorithms.slice(0, 3).join(', ')}`,
      why: pasted
        ? 'A sign-in that begins here goes on with them, for eight hours in this tab. They are unverified, and they do not follow when the provider changes its keys: sign-ins will fail that day.'
        : 'An ID token is verified with one of them.',
      ...(pasted
        ? {
            fix: fixBy('Let the provider allow this origin to read its keys, then check again.'),
            paste: 'keys' as const,
          }
        : {}),
      requirement,
    },
  ]
}
