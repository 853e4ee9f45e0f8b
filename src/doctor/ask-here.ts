/** Questions about this page, not about the provider: secure context, storage, whether its address is registered. */
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { fixBy, fixRegistered, type Said } from './finding.ts'

/** WEB-12, stuck point 6: Web Crypto exists on https and on loopback only. */
export async function askSecureContext({ ports }: Facts): Promise<Said[]> {
  const requirement = 'PKCE-01'
  if (!ports.isSecureContext)
    return [
      {
        code: 'insecure_context',
        level: 'fail',
        stops: true,
        title: 'This page is not in a secure context',
        seen: ports.origin,
        why: 'Browsers hide Web Crypto on plain http, except on localhost. Without it there is no challenge and no way to verify a signature. The provider is not to blame.',
        fix: fixBy('Serve this app over https, or open it as http://localhost on the machine it runs on.'),
        requirement,
      },
    ]
  if (!ports.hasWebCrypto)
    return [
      {
        code: 'web_crypto_unavailable',
        level: 'fail',
        stops: true,
        title: 'This browser has no Web Crypto',
        seen: 'crypto.subtle is missing',
        why: 'The app needs it to make the challenge and to verify signatures.',
        fix: fixBy('Use a current browser. Some extensions and embedded browsers take it away.'),
        requirement,
      },
    ]
  if (!ports.hasSessionStorage)
    return [
      {
        code: 'storage_unavailable',
        level: 'fail',
        stops: true,
        title: 'This browser refuses to store anything for this page',
        seen: 'sessionStorage is blocked',
        why: 'The verifier has to survive the way to the provider and back, within this tab.',
        fix: fixBy('Allow site data for this address in the browser’s settings.'),
        requirement: 'WEB-13',
      },
    ]
  return [
    {
      code: 'secure_context',
      level: 'pass',
      title: 'This page may use Web Crypto',
      seen: parseUrl(ports.origin)?.protocol === 'https:' ? 'https' : 'loopback',
      why: 'The challenge can be made and signatures can be verified here.',
      requirement,
    },
  ]
}

/** Stuck point 12: only the provider knows, and it must not redirect to an address that it does not know. */
export async function askRedirectRegistered(facts: Facts): Promise<Said[]> {
  await facts.discovery()
  const { config, place, lastSignIn } = facts
  if (lastSignIn?.via === 'redirect')
    return [
      {
        code: 'redirect_registered',
        level: 'pass',
        title: 'Redirect address is registered',
        seen: 'the last sign-in came back',
        why: 'A provider sends people to registered addresses only. A sign-in in the tab comes back to the callback, one in a window of its own and the hidden frame to silent-callback.html: both have to be registered.',
        requirement: 'AREQ-03',
      },
    ]
  return [
    {
      code: 'redirect_registered',
      level: 'later',
      title: 'Redirect address is registered',
      seen: `known after the first sign-in${lastSignIn ? ' in the tab' : ''}`,
      why: 'A provider must not send anybody to an address that it does not know, so the app sees nothing when it is missing: the sign-in ends on an error page over there. Every character counts: scheme, host, port, path and slash. 127.0.0.1 and localhost are two hosts.',
      fix: fixRegistered('Register exactly this address.', place('redirect'), config.redirectUri),
      requirement: 'AREQ-03',
    },
  ]
}
