/** Handing a token back, so that nobody can use it later (RFC 7009). */
import { None, revocationRequest } from 'oauth4webapi'
import { checklist, excerpt, type Judgement, jsonObject, textOf } from './check.ts'
import type { Fetch, ServerMetadata } from './metadata.ts'
import { through } from './request-options.ts'
import type { HttpResponse } from './step.ts'

export function requestRevocation(
  metadata: ServerMetadata,
  clientId: string,
  token: string,
  hint: 'refresh_token' | 'access_token',
  fetch: Fetch,
): Promise<Response> {
  return revocationRequest(metadata, { client_id: clientId }, None(), token, {
    ...through(fetch, metadata.issuer),
    additionalParameters: { token_type_hint: hint },
  })
}

/** REV-03 to REV-05: 200 means done whatever the body says; everything else is a note, sign-out goes on. */
export function judgeRevocation(response: HttpResponse): Judgement<true> {
  const list = checklist()
  const error = textOf(jsonObject(response.body)?.['error'])
  const code = error === 'unsupported_token_type' ? 'revocation_unsupported_token_type' : 'revocation_failed'
  list.add(
    'REV-03',
    'The server took the token back',
    'RFC 7009 §2.2',
    '200',
    error ? `${response.status} ${excerpt(error)}` : String(response.status),
    response.status === 200,
    code,
    { httpStatus: response.status },
  )
  return list.done(true as const)
}
