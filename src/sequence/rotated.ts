/** RT-10: whether a renewal brought another refresh token than the one that was handed in. */
import { jsonObject, textOf } from '../oauth/check.ts'
import type { HttpRequest, HttpResponse } from '../oauth/step.ts'

export function isRotated(request: HttpRequest | null, response: HttpResponse | null): boolean {
  const next = textOf(jsonObject(response?.body ?? null)?.['refresh_token'])
  return next !== undefined && next !== new URLSearchParams(request?.body ?? '').get('refresh_token')
}
