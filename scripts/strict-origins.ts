/** The origins that one provider needs: what requests, frames, forms and pictures are pinned to. */
const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'revocation_endpoint',
  'end_session_endpoint',
  'pushed_authorization_request_endpoint',
]

/** Milliseconds for the metadata. */
const patience = 20_000

const text = (from: unknown, name: string): string | null => {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : null
  return typeof value === 'string' ? value : null
}

function parsed(json: string, what: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Error(`${what} is not JSON.`)
  }
}

/**
 * Origins of the issuer, of the endpoints it names, and of the API in a `config.json`.
 * @throws Error with one line that says what could not be read: a policy without the endpoints would block sign-in
 */
export async function strictOrigins(configText: string): Promise<string[]> {
  const config = parsed(configText, 'The configuration')
  const issuer = text(config, 'issuer')
  if (issuer === null) throw new Error('The configuration has no issuer.')
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const unreadable = (why: string) => new Error(`The provider's metadata cannot be read: ${url} ${why}.`)
  const answer = await fetch(url, { signal: AbortSignal.timeout(patience) }).catch(() => null)
  if (answer === null) throw unreadable('does not answer')
  if (!answer.ok) throw unreadable(`answers ${answer.status}`)
  const metadata = parsed(await answer.text(), `The answer of ${url}`)
  if (text(metadata, 'issuer') !== issuer)
    throw unreadable(`names the issuer ${text(metadata, 'issuer') ?? '(none)'}, not ${issuer}`)
  const urls = [issuer, text(config, 'profile_url'), ...endpoints.map(name => text(metadata, name))].filter(
    each => each !== null,
  )
  return [...new Set(urls.map(origin))].toSorted()
}

/** `URL` lets a host hold `;`, `*`, `$` and more, which mean something in a policy or in the file of a host. */
const plainOrigin = /^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

function origin(url: string): string {
  const found = URL.canParse(url) ? new URL(url).origin : ''
  if (!plainOrigin.test(found)) throw new Error(`${url} is no address that can be pinned.`)
  return found
}

/**
 * @param option that the address was given with
 * @throws Error for an address whose origin no policy could name
 */
export function namedOrigin(option: 'pictures' | 'pages', address: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Error(`--${option} takes an address like https://${option}.example, not ${address}`)
  return origin(address)
}
