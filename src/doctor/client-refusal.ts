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
  const platform = text.match(/AADSTS900232[67]/)?.[0]
  if (platform)
    return {
      code: 'entra_platform_type',
      likelihood: 'certain',
      title: 'The redirect address is registered under the wrong platform',
      seen: platform,
      why:
        platform === 'AADSTS9002326'
          ? 'It is under Web. Entra lets a browser redeem a code only for addresses of the platform Single-page application.'
          : 'It is under Single-page application, and the request came without an Origin: something other than a page sent it.',
      fix: fixAt('Move the address from Web to Single-page application.', place('publicClient', entra)),
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
  // Words of this provider that are known to be about the client, under an error that does not say so.
  const isKnown = own?.place === 'publicClient'
  if (error === 'invalid_client' || error === 'unauthorized_client' || isKnown)
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
