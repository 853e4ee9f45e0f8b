/** Reads what people paste into the issuer field, and says what was understood (META-01, stuck point 9). */
import { jsonObject, textOf } from '../oauth/check.ts'
import { isLoopback, parseIssuer } from '../oauth/client-config.ts'
import { presetOfIssuer } from '../presets/presets.ts'
import { issuerPathOf, sharedEndpoint } from './endpoint-paths.ts'
import { foreignSigns, nameSigns } from './foreign-signs.ts'
import { secretRefusal, secretShape } from './secret-shape.ts'

export interface InputNote {
  readonly code:
    | 'issuer_trimmed'
    | 'issuer_scheme_added'
    | 'issuer_well_known_pasted'
    | 'issuer_oauth_well_known_pasted'
    | 'issuer_document_pasted'
    | 'issuer_endpoint_pasted'
    | 'issuer_query_removed'
    | 'issuer_slash_added'
  readonly text: string
}

export type IssuerInput =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'issuer'
      readonly issuer: string
      readonly notes: readonly InputNote[]
      /** Found in the query of a pasted authorization address. */
      readonly clientId: string | null
    }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }

const oidcEnd = '/.well-known/openid-configuration'
const oauthEnd = '/.well-known/oauth-authorization-server'

/** Labels with dots between, or an IPv6 address: `URL` takes a comma for a host too. */
const hostname = /^(\[[\da-f:.]+\]|[\w-]+(\.[\w-]+)*\.?)$/i

/**
 * Understands an issuer, a discovery address in both layouts, a discovery document, and an endpoint. Never throws.
 * @param mayBeEndpoint false where a configuration or a document names it: some issuers end as endpoints do
 */
export function readIssuerInput(input: string, mayBeEndpoint = true): IssuerInput {
  const notes: InputNote[] = []
  let text = input.trim()
  const bare = text
    .replace(/^[<"'`]+/, '')
    .replace(/[>"'`,;]+$/, '')
    .trim()
  if (!bare) return { kind: 'empty' }
  const isDocument = bare.startsWith('{')
  if (isDocument) {
    const issuer = issuerOfDocument(text)
    if (issuer === null)
      return refuse(
        'config_invalid_issuer_url',
        'This is a text with braces and names no issuer. Paste the address of the issuer.',
      )
    notes.push({ code: 'issuer_document_pasted', text: 'This was a whole document. Its issuer was taken.' })
    text = issuer
  } else {
    const secret = secretShape(bare)
    if (secret && !/^[a-z]+:\/\//i.test(bare)) return refuse('config_secret_forbidden', secretRefusal(secret))
    if (bare !== input)
      notes.push({ code: 'issuer_trimmed', text: 'Spaces and marks around it were taken away.' })
    text = bare
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const host = text.split(/[/:?#]/)[0] ?? ''
    const scheme = isLoopback(host) ? 'http' : 'https'
    notes.push({ code: 'issuer_scheme_added', text: `${scheme}:// was missing and was added.` })
    text = `${scheme}://${text}`
  }
  const url = parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || !hostname.test(url.hostname))
    return refuse(
      'config_invalid_issuer_url',
      'This is no web address. An issuer looks like https://id.example.com/realms/lens.',
    )
  if (url.username || url.password)
    return refuse(
      'config_secret_forbidden',
      'There is a name or a password in this address. An issuer has none.',
    )
  if (/(^|[?&#])(client_secret|client_assertion|password|access_token)=/i.test(url.search + url.hash))
    return refuse(
      'config_secret_forbidden',
      'There is a secret in this address. A page cannot keep one, so nothing of it was kept.',
    )
  const foreign = foreignSigns(text.replace(/[?#].*$/s, ''))
  if (foreign.length > 0)
    return refuse(
      'config_invalid_issuer_url',
      `An issuer is written in ASCII; this one holds other signs (${nameSigns(foreign)}): ${url.origin}${url.pathname}`,
    )
  return understand(text, url, notes, mayBeEndpoint && !isDocument)
}

function understand(text: string, url: URL, notes: InputNote[], mayBeEndpoint: boolean): IssuerInput {
  const clientId = url.searchParams.get('client_id')
  let issuer = text
  if (/[?#]/.test(issuer)) {
    issuer = issuer.replace(/[?#].*$/s, '')
    notes.push({
      code: 'issuer_query_removed',
      text: 'What stood after the question mark or the hash is not part of an issuer.',
    })
  }
  const path = url.pathname.replace(/\/+$/, '')
  const start = issuer.slice(0, issuer.length - pathOf(issuer).length)
  let cut = false
  if (path.endsWith(oidcEnd) || path.endsWith(oauthEnd)) {
    issuer = start + path.slice(0, path.lastIndexOf('/.well-known/'))
    cut = true
    notes.push({
      code: 'issuer_well_known_pasted',
      text: 'This was the address of the discovery document. The issuer is the part before /.well-known/.',
    })
  } else if (path.startsWith(`${oauthEnd}/`) || path.startsWith(`${oidcEnd}/`)) {
    issuer = start + path.slice(path.startsWith(oauthEnd) ? oauthEnd.length : oidcEnd.length)
    cut = true
    notes.push({
      code: 'issuer_oauth_well_known_pasted',
      text: 'This was the discovery address in the layout of RFC 8414. The issuer is the same address without the /.well-known/ part in the middle.',
    })
  } else if (sharedEndpoint.test(path)) {
    return refuse(
      'config_invalid_issuer_url',
      'This endpoint is the same for all applications of authentik. The issuer ends with /application/o/ and the slug of yours.',
    )
  } else {
    const issuerPath = mayBeEndpoint ? issuerPathOf(path) : null
    if (issuerPath !== null) {
      issuer = start + issuerPath
      cut = true
      notes.push({
        code: 'issuer_endpoint_pasted',
        text: 'This was an endpoint. The issuer was read from it: look whether it is right.',
      })
    }
  }
  if (cut && !issuer.endsWith('/') && presetOfIssuer(issuer).issuerTemplate.endsWith('/')) {
    issuer += '/'
    notes.push({
      code: 'issuer_slash_added',
      text: 'Issuers of this provider end with a slash, and it counts.',
    })
  }
  try {
    return { kind: 'issuer', issuer: parseIssuer(issuer), notes, clientId }
  } catch {
    return refuse(
      'config_invalid_issuer_url',
      url.protocol === 'http:'
        ? 'Plain http is accepted for localhost only. An issuer on a network has to be https, or anybody on the way can answer in its name.'
        : 'This is no issuer: it has to be an https address without query and fragment.',
    )
  }
}

const refuse = (code: string, reason: string): IssuerInput => ({ kind: 'refused', code, reason })

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** The path as it was typed: `URL` would rewrite it, and an issuer is compared byte by byte. */
function pathOf(address: string): string {
  const slash = address.indexOf('/', address.indexOf('://') + 3)
  return slash === -1 ? '' : address.slice(slash)
}

function issuerOfDocument(text: string): string | null {
  return textOf(jsonObject(text)?.['issuer']) ?? null
}
