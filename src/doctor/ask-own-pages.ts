/** The pages of this app that a provider sends people back to: does the host answer with them? */
import { silentAddress } from '../presets/place.ts'
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { fixBy, type Said } from './finding.ts'
import { isApp, isSilentCallback } from './own-pages.ts'
import { type Reach, reach } from './reach.ts'

/** Stuck points 13 and 20: the address the provider sends people back to is one of this app's pages. */
export async function askCallback(facts: Facts): Promise<Said[]> {
  const { config, ports } = facts
  const requirement = 'AREQ-03'
  const url = parseUrl(config.redirectUri)
  if (!url || config.redirectUri.includes('#'))
    return [
      {
        code: 'config_invalid_redirect_uri',
        level: 'fail',
        stops: true,
        title: 'The redirect address has a hash in it',
        seen: config.redirectUri,
        why: 'A redirect address must not contain a fragment (RFC 6749 §3.1.2). Apps with a hash router run into this.',
        fix: fixBy('Use a real path for the callback, such as /callback.'),
        requirement,
      },
    ]
  const seen = await reach(ports, config.redirectUri, { cache: 'no-store' }, config.redirectUri)
  if (seen.kind === 'blocked' || !isApp(seen.body)) return [notServed(facts, seen, url.pathname)]
  const silent = await silentTrouble(facts)
  return [
    seen.status === 200
      ? {
          code: 'callback_served',
          level: 'pass',
          title: 'The callback address leads back to this app',
          seen: url.pathname,
          why: 'After the sign-in the provider sends the browser there.',
          requirement,
        }
      : {
          code: 'callback_status',
          level: 'warn',
          title: `The callback address answers with status ${seen.status}`,
          seen: `${seen.status} at ${url.pathname}, with the app`,
          why: 'The app comes all the same, so a sign-in works. Monitors, search engines and some proxies take the status at its word and see an error.',
          fix: fixBy(
            'Let the host answer unknown paths with index.html and status 200, where it can: docs/deploy.md has the usual hosts. GitHub Pages cannot.',
          ),
          requirement,
        },
    ...(silent ? [silent] : []),
  ]
}

function notServed({ config, place }: Facts, seen: Reach, path: string): Said {
  const other =
    seen.kind === 'answered' ? seen.status >= 200 && seen.status < 300 : seen.code === 'response_too_large'
  return {
    code: 'callback_not_served',
    level: 'fail',
    stops: true,
    title: other
      ? 'Something else answers at the callback address'
      : 'The callback address does not lead to this app',
    seen: `${whatCame(seen)} at ${path}`,
    why: other
      ? 'After the sign-in the provider sends the browser to this address, and what comes there is not this app: another app, or a page of the host.'
      : 'After the sign-in the provider sends the browser to this address. A static host has no file there, so people would see its error page.',
    fix: {
      ...fixBy(
        'Let the host answer unknown paths with index.html. The folder public holds the files for the usual hosts.',
      ),
      copy: config.redirectUri,
      copyWhat: place('redirect').what,
    },
    requirement: 'AREQ-03',
  }
}

function whatCame(seen: Reach): string {
  if (seen.kind === 'blocked') {
    if (seen.code === 'response_too_large') return 'another page'
    return seen.code === 'redirect_refused' ? 'a redirect' : 'no answer'
  }
  if (isApp(seen.body)) return 'the app itself'
  return seen.status === 200 ? 'another page' : String(seen.status)
}

/** Hidden frames and popups end at a file of their own, beside the callback. */
async function silentTrouble({ config, ports }: Facts): Promise<Said | null> {
  const address = silentAddress(config.redirectUri)
  // Cloudflare Pages leads to the same page without the ending.
  const seen = await reach(ports, address, { cache: 'no-store', redirect: 'follow' }, address)
  const path = parseUrl(address)?.pathname ?? address
  const usesFrame = config.restore === 'frame'
  if (seen.kind === 'blocked' || !isSilentCallback(seen.body))
    return {
      code: 'silent_callback_not_served',
      level: 'warn',
      title: usesFrame ? 'No hidden frame and no window can come back' : 'No window can come back',
      seen: `${whatCame(seen)} at ${path}`,
      why: `${
        usesFrame
          ? 'A sign-in in a window of its own ends at this page, and so does the hidden frame that finds the session again after a reload.'
          : 'A sign-in in a window of its own ends at this page.'
      } It is a file beside the app and not a path of it. A sign-in in the tab works without it.`,
      fix: fixBy(
        'Publish silent-callback.html and silent-callback.js beside index.html, and let the host look for a file before it answers with the app. docs/deploy.md has the usual hosts.',
      ),
      requirement: 'AREQ-03',
    }
  const refusal = usesFrame ? frameRefusal(seen.headers) : null
  if (refusal === null) return null
  return {
    code: 'silent_callback_not_framed',
    level: 'warn',
    title: 'No hidden frame can come back',
    seen: `${refusal} at ${path}`,
    why: 'After a reload the session is looked for in a hidden frame, which ends at this page, and the host forbids every frame to show it, this app’s own too. So the app waits for it in vain.',
    fix: fixBy(
      "Let the host send X-Frame-Options: SAMEORIGIN and frame-ancestors 'self' with this one page, as the files of docs/deploy.md do.",
      { field: 'restore', value: 'redirect', label: 'Restore by redirect' },
    ),
    requirement: 'SIL-07',
  }
}

/** Where a policy names the frames it allows, browsers do not look at the older header. */
function frameRefusal(headers: Headers): string | null {
  const ancestors = headers.get('content-security-policy')?.match(/frame-ancestors[^;,]*/gi)
  if (ancestors) return ancestors.find(each => /'none'/i.test(each)) ?? null
  return /\bdeny\b/i.test(headers.get('x-frame-options') ?? '') ? 'X-Frame-Options: DENY' : null
}
