/** Facts about addresses that need no network. */
import { isLoopback } from '../oauth/client-config.ts'

export function parseUrl(text: string | undefined): URL | null {
  try {
    return text === undefined ? null : new URL(text)
  } catch {
    return null
  }
}

/** Loopback, private and link-local addresses: browsers ask before a public page may reach them (WEB-20). */
export function isLocalNetwork(hostname: string): boolean {
  return (
    isLoopback(hostname) ||
    /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) ||
    /^\[(f[cd]|fe[89ab])/i.test(hostname) ||
    /\.(local|internal|lan|home\.arpa)$/.test(hostname)
  )
}

/** Suffixes below which everybody can have a name, so two names there are not one site. A few that matter here. */
const sharedSuffixes =
  /^(co|com|org|net|gov|edu|ac)\.[a-z]{2}$|^(github\.io|pages\.dev|workers\.dev|netlify\.app|vercel\.app|web\.app|([a-z\d-]+\.)?auth0\.com|okta\.com|onrender\.com|herokuapp\.com|azurewebsites\.net|cloudfront\.net|([a-z\d-]+\.)?zitadel\.cloud|logto\.app)$/

/** One name more than the suffix: `bank.co.uk` of `login.bank.co.uk`. */
function siteOf(hostname: string): string {
  const names = hostname.replace(/\.$/, '').split('.')
  let count = 2
  while (count < names.length && sharedSuffixes.test(names.slice(-count).join('.'))) count += 1
  return names.slice(-count).join('.')
}

/**
 * Whether cookies of one are first-party beside the other (same scheme, same registrable domain).
 * The list of suffixes is short, so a shared domain is only called `likely`.
 */
export function sameSite(a: URL, b: URL): 'same' | 'likely' | 'cross' {
  if (a.protocol !== b.protocol) return 'cross'
  if (a.hostname === b.hostname) return 'same'
  if (/^[\d.]+$|^\[/.test(a.hostname) || /^[\d.]+$|^\[/.test(b.hostname)) return 'cross'
  const site = siteOf(a.hostname)
  return site === siteOf(b.hostname) && site.includes('.') ? 'likely' : 'cross'
}

/** The first place where two texts differ; -1 when they are equal. Counted in code points. */
export function firstDifference(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const length = Math.max(left.length, right.length)
  for (let at = 0; at < length; at += 1) if (left[at] !== right[at]) return at
  return -1
}

/** Says in words how two addresses differ. @param what the second one is called */
export function differenceInWords(given: string, named: string, what = 'The document’s name'): string {
  if (given === named) return 'They are equal.'
  if (`${given}/` === named) return `${what} has one slash more at the end.`
  if (given === `${named}/`) return `${what} has no slash at the end.`
  if (given.replace(/^https?/, '') === named.replace(/^https?/, '')) return 'http and https differ.'
  const [left, right] = [parseUrl(given), parseUrl(named)]
  if (left && right) {
    if (left.hostname !== right.hostname) return `The hosts differ: ${left.hostname} and ${right.hostname}.`
    if (left.port !== right.port)
      return `The ports differ: ${left.port || 'none'} and ${right.port || 'none'}.`
    if (given.toLowerCase() === named.toLowerCase()) return 'Only capital letters differ, and they count.'
  }
  return `They differ from character ${firstDifference(given, named) + 1} on.`
}
