/** Pushed authorization requests (RFC 9126): the parameters go by a direct request, the address shows a reference. */
import { None, pushedAuthorizationRequest } from 'oauth4webapi'
import { checklist, excerpt, type Judgement, jsonObject, secondsOf, textOf } from './check.ts'
import type { ClientConfig } from './client-config.ts'
import type { Fetch, ServerMetadata } from './metadata.ts'
import { through } from './request-options.ts'
import type { HttpResponse } from './step.ts'

/** Whether a sign-in pushes its parameters (PAR-05): by wish, or where the provider demands it of everybody. */
export const usesPar = ({ par }: Pick<ClientConfig, 'par'>, isDemanded: boolean): boolean =>
  par === true || (par === 'auto' && isDemanded)

/** Sends the parameters of the authorization request to the provider (RFC 9126 §2.1). */
export function requestPar(
  metadata: ServerMetadata,
  config: ClientConfig,
  parameters: URLSearchParams,
  fetch: Fetch,
): Promise<Response> {
  return pushedAuthorizationRequest(
    metadata,
    { client_id: config.clientId },
    None(),
    parameters,
    through(fetch, metadata.issuer),
  )
}

/** PAR-02: 201 with a `request_uri` and a positive `expires_in`, in seconds. */
export function judgePar(response: HttpResponse): Judgement<{ requestUri: string; expiresIn: number }> {
  const list = checklist()
  const json = jsonObject(response.body)
  const error = textOf(json?.['error'])
  const at = {
    httpStatus: response.status,
    ...(error === undefined
      ? {}
      : { protocolError: excerpt(error), protocolDescription: excerpt(json?.['error_description'] ?? '') }),
  }
  const taken = response.status >= 200 && response.status < 300 && error === undefined
  list.add(
    'PAR-06',
    'The server took the request',
    'RFC 9126 §2.3',
    '201',
    error ? `${response.status} ${excerpt(error)}` : String(response.status),
    taken,
    response.status === 429 ? 'rate_limited' : 'par_error',
    at,
  )
  if (list.error) return list.done<{ requestUri: string; expiresIn: number }>(null)
  const requestUri = textOf(json?.['request_uri'])
  const expiresIn = secondsOf(json?.['expires_in'])
  const complete = response.status === 201 && Boolean(requestUri) && expiresIn > 0
  list.add(
    'PAR-02',
    'request_uri and expires_in came with 201',
    'RFC 9126 §2.2',
    '201, request_uri, expires_in',
    `${response.status}, ${requestUri ? 'request_uri' : 'nothing'}, ${excerpt(json?.['expires_in'])}`,
    complete,
    'par_response_invalid',
    at,
  )
  return list.done(requestUri ? { requestUri, expiresIn } : null)
}
