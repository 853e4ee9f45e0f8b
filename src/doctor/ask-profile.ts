/** Can the profile be read from here? Asked with a made-up token, at the address that gets the real one. */
import { jsonObject, textOf } from '../oauth/check.ts'
import { parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { type Fix, fixAt, fixBy, type Said } from './finding.ts'
import type { Answered, Blocked } from './reach.ts'

/** Where the profile is read, and how it is spoken of. */
interface Source {
  readonly name: 'userinfo_endpoint' | 'profile_url'
  /** Begins the codes of its findings. */
  readonly code: 'userinfo' | 'profile'
  readonly words: 'userinfo endpoint' | 'profile API'
}

const userinfo: Source = { name: 'userinfo_endpoint', code: 'userinfo', words: 'userinfo endpoint' }
const profile: Source = { name: 'profile_url', code: 'profile', words: 'profile API' }

/** UINF-01, and the points without a number: `WWW-Authenticate` and `DPoP-Nonce` hidden, refusals without CORS. */
export async function askProfile(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const { config } = facts
  const source = config.profileUrl === null ? userinfo : profile
  if (source === userinfo && !parseUrl(metadata.endpoints.userinfo_endpoint))
    return [
      {
        code: 'userinfo_missing',
        level: 'warn',
        title: 'There is no userinfo endpoint',
        seen: 'userinfo_endpoint is missing',
        why: 'The profile then shows what the ID token says.',
        fix: null,
        requirement: 'META-14',
      },
    ]
  const url = await facts.address(source.name)
  // An endpoint that was not asked is told with the others; nobody else speaks of the person's own address.
  if (!url) return source === profile ? [notAsked(config.profileUrl ?? '')] : []
  // The header makes the browser ask first, as it will for the real token.
  const scheme = config.dpop ? 'DPoP' : 'Bearer'
  const seen = await facts.endpoint(source.name, {
    headers: {
      accept: 'application/json',
      authorization: `${scheme} no-token`,
      ...(config.dpop ? { dpop: 'probe' } : {}),
    },
  })
  if (seen?.kind === 'answered') return [answered(source, url, seen, facts)]
  return [blocked(source, url, seen?.code ?? 'network_unreachable', facts)]
}

const notAsked = (address: string): Said => ({
  code: 'profile_not_asked',
  level: 'later',
  title: 'Profile API answers this origin',
  seen: `not asked: ${address}`,
  why: 'The address is on this computer or in the local network, and the issuer is not. It may have come in a link, and a link must not make this page talk to programs that run here. The first sign-in shows whether it answers.',
  requirement: 'META-07',
})

function answered(source: Source, url: URL, seen: Answered, { config }: Facts): Said {
  const { code, words } = source
  const where = whereIfOwn(source, url)
  if (!isRefusal(seen)) return notRefused(source, url, seen)
  const hidden = seen.status === 401 && seen.headers.get('www-authenticate') === null
  if (hidden && config.dpop)
    return {
      code: 'cors_header_not_exposed',
      level: 'warn',
      title: `The ${words} hides why it refuses`,
      seen: `${seen.status} without WWW-Authenticate${where}`,
      why: 'DPoP needs to read WWW-Authenticate and DPoP-Nonce. Without permission the browser keeps them from the app, and a demanded nonce cannot be sent.',
      fix: fixBy('Let the server send Access-Control-Expose-Headers: WWW-Authenticate, DPoP-Nonce.'),
      requirement: 'DPOP-09',
    }
  return {
    code: `${code}_readable`,
    level: 'pass',
    title: `${capital(words)} answers this origin`,
    seen: `${seen.status}${hidden ? ', its reason is hidden' : ''}${where}`,
    why: hidden
      ? 'A wrong token was refused, as it must be. WWW-Authenticate is not exposed to scripts, so the app will see that it was refused and not why.'
      : 'A wrong token was refused, as it must be, and the refusal could be read.',
    requirement: 'META-14',
  }
}

/** RFC 6750 §3.1; the status 400 alone may be about anything. */
const isRefusal = ({ status, headers, body }: Answered): boolean =>
  status === 401 ||
  status === 403 ||
  (status === 400 &&
    (headers.get('www-authenticate') !== null || textOf(jsonObject(body)?.['error']) !== undefined))

/** A made-up token got something else. */
function notRefused(source: Source, url: URL, { status }: Answered): Said {
  const { code, words } = source
  const at = {
    level: 'warn',
    seen: `${status} at ${url.host}${url.pathname}`,
    requirement: 'UINF-01',
  } as const
  if (status >= 200 && status < 300)
    return {
      ...at,
      code: `${code}_token_not_checked`,
      title: `The ${words} answered a made-up token`,
      why: 'A token that nobody gave has to be refused with 401. Either nobody looks at the token there, and everybody can read what comes, or it is a page that answers and no profile.',
      fix: whereItIs(source),
    }
  return {
    ...at,
    code: `${code}_http_error`,
    title:
      status === 404 ? `There is nothing at the address of the ${words}` : `The ${words} answers strangely`,
    why: `A token that nobody gave has to be refused with 401, and what came is ${status}. ${
      status >= 500 || status === 429 ? 'That may pass. ' : ''
    }The sign-in works without it, and the profile cannot be read.`,
    fix: whereItIs(source),
  }
}

const whereItIs = (source: Source): Fix =>
  fixBy(
    source === profile
      ? 'Compare profile_url with the address of your API, which takes GET and refuses tokens that it does not know.'
      : 'Compare userinfo_endpoint in the discovery document with the provider’s manual.',
  )

function blocked(source: Source, url: URL, blockedBy: Blocked['code'], facts: Facts): Said {
  const { code, words } = source
  const said = blockedWords(blockedBy, url.origin, facts.ports)
  const isCors = blockedBy === 'cors_blocked'
  return {
    code: isCors ? `${code}_cors_blocked` : blockedBy,
    level: 'fail',
    title: isCors ? `The ${words} refuses cross-origin requests` : `The ${words} cannot be reached`,
    seen: said.seen + whereIfOwn(source, url),
    why: isCors
      ? 'The sign-in works without it, and the profile cannot be read. Some servers only hide their refusals: then the profile works as long as the token does.'
      : said.why,
    fix: isCors ? allowed(source, url, facts) : fixBy(said.advice),
    requirement: 'META-14',
  }
}

/** The provider's console knows nothing of an API that is not its own. */
function allowed(source: Source, { host }: URL, { config, ports, place }: Facts): Fix {
  if (source === userinfo) return fixAt('Allow this origin, with the header Authorization.', place('origin'))
  return {
    ...fixBy(
      `Let ${host} allow this origin, with the header${config.dpop ? 's DPoP and' : ''} Authorization.`,
    ),
    copy: ports.origin,
    copyWhat: 'the origin',
  }
}

const whereIfOwn = (source: Source, { host, pathname }: URL): string =>
  source === profile ? ` at ${host}${pathname}` : ''

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
