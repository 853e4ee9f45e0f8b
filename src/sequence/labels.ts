/** What the line of a message says. Every word of it is here. */
import type { HttpRequest, HttpResponse } from '../oauth/step.ts'
import { undrawn } from './acts.ts'
import type { MessageKind } from './message.ts'
import { isRotated } from './rotated.ts'

export interface Said {
  readonly request: HttpRequest | null
  readonly response: HttpResponse | null
  /** Address of a front-channel message. */
  readonly url: string | null
  /** `GET` unless a form was posted. */
  readonly method: 'GET' | 'POST'
}

/** The line of the person's answer when it was no. */
export const saidNo = 'Said no'

export function labelOf(kind: MessageKind, said: Said): string {
  switch (kind) {
    case 'discovery_request':
    case 'keys_request':
    case 'par_request':
    case 'token_request':
    case 'userinfo_request':
    case 'profile_request':
    case 'api_request':
    case 'revocation_request':
      return asked(said.request)
    case 'refresh_request':
      return `${asked(said.request)}, refresh`
    case 'discovery_response':
      return answered(said.response, 'metadata')
    case 'keys_response':
      return answered(said.response, 'keys')
    case 'par_response':
      return answered(said.response, 'request_uri')
    case 'token_response':
      return answered(said.response, 'tokens')
    case 'refresh_response':
      return answered(said.response, isRotated(said.request, said.response) ? 'rotated' : 'renewed')
    case 'userinfo_response':
      return answered(said.response, 'claims')
    case 'profile_response':
      return answered(said.response, 'profile')
    case 'api_response':
      return answered(said.response, 'answer')
    case 'revocation_response':
      return answered(said.response, 'revoked')
    case 'authorization_request':
    case 'end_session_request':
      return `${said.method} ${pathname(said.url)}`
    case 'authorization_response':
      return said.url === null ? 'No answer' : `Redirect to ${pathname(said.url)}${errorIn(said.url)}`
    case 'end_session_response':
      return `Redirect to ${pathname(said.url)}`
    case 'sign_in_page':
      return 'Sign-in page'
    case 'consent_given':
      return 'Sign in and agree'
    case 'pkce_created':
      return 'Make a secret'
    case 'transaction_created':
      return 'Make two marks'
    case 'dpop_key_created':
      return 'Make a key'
    case 'authorization_response_checked':
      return 'Check the answer'
    case 'id_token_checked':
      return 'Check the ID token'
    case 'pkce_compared':
      return 'Hash and compare'
    case 'access_token_checked':
      return 'Check token and scope'
    default:
      return undrawn(kind)
  }
}

function asked(request: HttpRequest | null): string {
  return request === null ? '' : `${request.method} ${pathname(request.url)}`
}

function answered(response: HttpResponse | null, what: string): string {
  if (response === null) return `${what === 'request_uri' ? 201 : 200} ${what}`
  if (response.status < 400) return `${response.status} ${what}`
  return `${response.status} ${refusal(response)}`.trim()
}

/** `error` as the server said it, in the body or in `WWW-Authenticate`; empty when it said none. */
export function refusal(response: HttpResponse): string {
  const inBody = /"error"\s*:\s*"([\w.-]{1,60})"/.exec(response.body)?.[1]
  if (inBody !== undefined) return inBody
  const header = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'www-authenticate')
  return /\berror="([\w.-]{1,60})"/.exec(header?.[1] ?? '')?.[1] ?? ''
}

function errorIn(url: string | null): string {
  const error = url !== null && URL.canParse(url) ? new URL(url).searchParams.get('error') : null
  return error === null ? '' : `, ${error.slice(0, 60)}`
}

/** The path as it stands in the address; the text itself when it is no address. */
function pathname(url: string | null): string {
  if (url === null) return ''
  return URL.canParse(url) ? new URL(url).pathname : (url.split(/[?#]/)[0] ?? '')
}
