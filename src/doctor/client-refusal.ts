/** Refusals of the token endpoint that are about the client and not about the code. Stuck points 1, 2 and 5. */
import { entra } from '../presets/entra.ts'
import type { FilledPlace } from '../presets/place.ts'
import type { PlaceName, Preset } from '../presets/preset.ts'
import type { Cause } from './diagnosis.ts'
import { fixAt, fixBy } from './finding.ts'

export interface TokenRefusal {
  /** `error` of the answer. */
  readonly error: string | undefined
  /** The same with its description, and with whatever else was said. */
  readonly text: string
}

export interface ProviderConsole {
  readonly preset: Preset
  /** In the words of the chosen provider, or of one that gave itself away. */
  readonly place: (name: PlaceName, of?: Preset) => FilledPlace
}

/** The same words whether the doctor asked or a sign-in failed. @returns null when it is about something else */
export function clientRefusal(
  { error, text }: TokenRefusal,
  { preset, place }: ProviderConsole,
): Cause | null {
  const own = preset.errors.find(each => text.includes(each.code))
  const known = own?.meaning
  const deadEnd = preset.deadEnd && fixBy(preset.deadEnd.instead[0] ?? 'Use another provider.')
  if (text.includes('AADSTS9002326'))
    return {
      code: 'entra_platform_type',
      likelihood: 'certain',
      title: 'The redirect address is registered under the wrong platform',
      seen: 'AADSTS9002326',
      why: 'It is under Web. Entra lets a browser redeem a code only for addresses of the platform Single-page application.',
      fix: fixAt('Move the address from Web to Single-page application.', place('publicClient', entra)),
    }
  if (text.includes('AADSTS9002327'))
    return {
      code: 'entra_origin_missing',
      likelihood: 'certain',
      title: 'The redirect address is under Single-page application, and the request came without an Origin',
      seen: 'AADSTS9002327',
      why: 'For such an address Entra gives tokens to browsers only, which send their Origin along. The platform is right.',
      fix: fixBy('Redeem the code from the page itself; a proxy, server or native app took the Origin away.'),
    }
  if (/client_secret/i.test(text))
    return {
      code: 'client_secret_wanted',
      likelihood: 'certain',
      title: 'The provider asks for a client secret',
      seen: text,
      why: `The missing part is client authentication, not PKCE, and a page cannot keep a secret. ${known ?? 'Nothing in your code is wrong.'}`,
      fix: deadEnd ?? fixAt('Register the app as a public client.', place('publicClient')),
    }
  const isRefused = error === 'invalid_client' || error === 'unauthorized_client'
  if (isRefused && own?.place === null && !deadEnd)
    return {
      code: 'provider_says',
      likelihood: 'likely',
      title: own.meaning.replace(/\.$/, ''),
      seen: text,
      why: `That is what ${own.code} means at ${preset.name}. A secret plays no part in it.`,
      fix: fixBy(
        'Compare the client id, and the issuer with all its parts, letter by letter with the console.',
      ),
    }
  // Words of this provider that are known to be about the client, under an error that does not say so.
  if (isRefused || own?.place === 'publicClient')
    return {
      code: 'client_not_public',
      likelihood: 'likely',
      title: 'The provider does not accept this client without a secret',
      seen: text,
      why:
        known ??
        'Either the client is confidential and a secret is expected, or this client id does not exist at this issuer.',
      fix:
        deadEnd ??
        fixAt('Make it a public client, and compare the client id letter by letter.', place('publicClient')),
    }
  return null
}
