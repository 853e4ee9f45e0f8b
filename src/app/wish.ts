/** What a person asks of one sign-in, as typed. */
import type { SignInWish } from '../oauth/authorization-request.ts'

export interface TypedWish {
  readonly loginHint: string
  readonly prompt: '' | 'login' | 'select_account' | 'consent'
  readonly maxAge: string
  readonly acrValues: string
  readonly moreScope: string
}

export const noWish: TypedWish = { loginHint: '', prompt: '', maxAge: '', acrValues: '', moreScope: '' }

/** @returns null when the seconds are no whole number; empty fields are not asked for */
export function wishOf(typed: TypedWish): SignInWish | null {
  const [loginHint, maxAge, acrValues, moreScope] = [
    typed.loginHint,
    typed.maxAge,
    typed.acrValues,
    typed.moreScope,
  ].map(text => text.trim())
  if (maxAge && !/^\d{1,9}$/.test(maxAge)) return null
  return {
    ...(loginHint && { loginHint }),
    ...(typed.prompt && { prompt: typed.prompt }),
    ...(maxAge && { maxAge: Number(maxAge) }),
    ...(acrValues && { acrValues }),
    ...(moreScope && { moreScope }),
  }
}
