/** Questions about the time after the sign-in: cookies in frames and clocks. */
import { leeway } from '../oauth/id-token-claims.ts'
import { parseUrl, sameSite } from './address.ts'
import type { Facts } from './facts.ts'
import { fixBy, type Said } from './finding.ts'

/** SESS-05, stuck point 22. */
export async function askCookies(facts: Facts): Promise<Said[]> {
  const { config, ports } = facts
  const requirement = 'SESS-05'
  const provider =
    parseUrl((await facts.metadata())?.endpoints.authorization_endpoint) ?? parseUrl(config.issuer)
  const page = parseUrl(ports.origin)
  if (!provider || !page) return []
  const site = sameSite(provider, page)
  if (site !== 'cross')
    return [
      {
        code: 'frame_same_site',
        level: 'pass',
        title: 'A reload can find the session in a frame',
        seen: site === 'same' ? 'same site' : 'probably the same site',
        why: 'The provider’s cookie is first-party beside this app, so no browser hides it.',
        requirement,
      },
    ]
  const { name, frameCookies } = ports.browser
  const words = {
    blocked: 'blocks cookies of other sites in frames',
    partitioned: 'gives frames of other sites a cookie jar of their own',
    allowed: 'allows them unless the person or a private window says otherwise',
    unknown: 'may hide them',
  }[frameCookies]
  if (config.restore !== 'frame' || frameCookies === 'allowed')
    return [
      {
        code: 'frame_cookies',
        level: 'pass',
        title: config.restore === 'frame' ? 'A reload tries a frame first' : 'A reload does not need a frame',
        seen: `another site; ${name} ${frameCookies === 'allowed' ? 'allows cookies' : `${frameCookies} cookies`}`,
        why: `${name} ${words}. When the frame cannot see the session, a redirect of the whole tab finds it.`,
        requirement,
      },
    ]
  return [
    {
      code: 'silent_third_party_cookies_blocked',
      level: 'warn',
      title: 'A frame will not see the provider’s session here',
      seen: `another site; ${name}`,
      why: `${name} ${words}. The provider would answer login_required in the frame although the person is signed in. The app then falls back to one short redirect.`,
      fix: fixBy('Go straight to the redirect, or give app and provider one parent domain.', {
        field: 'restore',
        value: 'redirect',
        label: 'Restore by redirect',
      }),
      requirement,
    },
  ]
}

/** IDT-13, stuck point 31. */
export async function askClock(facts: Facts): Promise<Said[]> {
  const requirement = 'IDT-13'
  const discovery = await facts.discovery()
  const exposed = discovery.reach.kind === 'answered' ? discovery.reach.headers.get('date') : null
  const server = exposed === null ? Number.NaN : Date.parse(exposed)
  const known = facts.lastSignIn?.clockOffset ?? null
  const offset = Number.isNaN(server) ? known : Math.round((server - facts.ports.now()) / 1000)
  if (offset === null)
    return [
      {
        code: 'clock_unknown',
        level: 'later',
        title: 'The clocks agree',
        seen: 'known after the first sign-in',
        why: 'The time of the server is hidden from scripts unless it is exposed. The first ID token carries one.',
        requirement,
      },
    ]
  const words = `${Math.abs(offset)} s ${offset > 0 ? 'behind' : 'ahead'}`
  if (Math.abs(offset) <= leeway)
    return [
      {
        code: 'clock_agrees',
        level: 'pass',
        title: 'The clocks agree',
        seen: offset === 0 ? 'same second' : words,
        why: 'Tokens carry times. A minute of difference is borne.',
        requirement,
      },
    ]
  return [
    {
      code: 'clock_skew_suspected',
      level: 'fail',
      title: 'The clock of this computer is wrong',
      seen: `${words} of the provider`,
      why: `Tokens carry times, and this clock is ${words}. ID tokens will look ${offset > 0 ? 'as if they came from the future' : 'expired'}.`,
      fix: fixBy(
        'Set the clock of this computer from the network. After a change to or from summer time look at the time zone too.',
      ),
      requirement,
    },
  ]
}
