/** What an ID token claims, against what was asked: for whom, when, in which sign-in. */
import { type Checklist, excerpt } from './check.ts'
import type { ExpectedIdToken } from './id-token.ts'

/** Seconds of clock difference that are forgiven (IDT-12). */
export const leeway = 60
export const core = (section: string) => `OpenID Connect Core 1.0 §${section}`
export const validation = core('3.1.3.7')

export function judgeAddress(
  list: Checklist,
  claims: Record<string, unknown>,
  expected: ExpectedIdToken,
): void {
  const { judgeRenewal } = expected
  const { iss, aud, azp, sub } = claims
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  const trusted = [expected.clientId, ...(expected.trustedAudiences ?? [])]
  const missing = (name: string) => claims[name] === undefined
  const code = (name: string, other: string) => (missing(name) ? 'id_token_claim_missing' : other)
  list.add(
    'IDT-02',
    'iss is the provider',
    validation,
    expected.issuer,
    excerpt(iss),
    iss === expected.issuer,
    code('iss', judgeRenewal ? 'refresh_id_token_issuer_changed' : 'id_token_issuer_mismatch'),
  )
  list.add(
    'IDT-03',
    'aud is this app',
    validation,
    expected.clientId,
    excerpt(aud),
    audiences.includes(expected.clientId),
    code('aud', judgeRenewal ? 'refresh_id_token_audience_changed' : 'id_token_audience_mismatch'),
  )
  list.add(
    'IDT-04',
    'Every audience is trusted',
    validation,
    trusted.join(' or '),
    excerpt(aud),
    audiences.every(each => trusted.some(known => known === each)),
    code('aud', 'id_token_audience_untrusted'),
  )
  if (azp !== undefined)
    list.add(
      'IDT-05',
      'azp is this app',
      validation,
      expected.clientId,
      excerpt(azp),
      azp === expected.clientId,
      'id_token_azp_mismatch',
    )
  list.add(
    'IDT-17',
    'sub is there, at most 255 ASCII characters',
    core('2'),
    'a text',
    excerpt(sub),
    typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub),
    'id_token_claim_missing',
  )
}

export function judgeTime(list: Checklist, claims: Record<string, unknown>, expected: ExpectedIdToken): void {
  const now = Math.floor(expected.now / 1000)
  const { exp, iat, nbf, auth_time: authTime } = claims
  const clock = { hints: [`clock_skew:${typeof iat === 'number' ? now - iat : 'unknown'}`] }
  const away = (value: unknown) => (typeof value === 'number' ? `${value - now} s from now` : excerpt(value))
  list.add(
    'IDT-12',
    'exp is in the future',
    validation,
    `more than -${leeway} s`,
    away(exp),
    typeof exp === 'number' && exp > now - leeway,
    typeof exp === 'number' ? 'id_token_expired' : 'id_token_claim_missing',
    clock,
  )
  list.add(
    'IDT-13',
    'iat is there and not in the future',
    core('2'),
    `at most ${leeway} s`,
    away(iat),
    typeof iat === 'number' && iat <= now + leeway,
    typeof iat === 'number' ? 'id_token_issued_in_future' : 'id_token_claim_missing',
    clock,
  )
  if (typeof iat === 'number')
    list.add(
      'IDT-13',
      'iat is not long ago',
      validation,
      'within a day',
      away(iat),
      iat > now - 86_400,
      'id_token_too_old',
      clock,
    )
  if (nbf !== undefined)
    list.add(
      'IDT-21',
      'nbf has come',
      'RFC 7519 §4.1.5',
      `at most ${leeway} s`,
      away(nbf),
      typeof nbf === 'number' && nbf <= now + leeway,
      'id_token_not_yet_valid',
      clock,
    )
  if (expected.maxAge !== undefined) {
    const there = list.add(
      'IDT-18',
      'auth_time is there, as max_age asks',
      core('3.1.2.1'),
      'a time',
      excerpt(authTime),
      typeof authTime === 'number',
      'id_token_auth_time_missing',
    )
    if (there)
      list.add(
        'IDT-18',
        'auth_time is recent enough',
        validation,
        `within ${expected.maxAge} s`,
        away(authTime),
        Math.abs(now - Number(authTime)) <= expected.maxAge + leeway,
        'id_token_auth_time_too_old',
      )
  }
}

export function judgeBinding(
  list: Checklist,
  claims: Record<string, unknown>,
  expected: ExpectedIdToken,
): void {
  const { nonce, acr } = claims
  const shown = nonce === undefined ? 'nothing' : ({ value: 'nonce', text: excerpt(nonce) } as const)
  if (expected.nonce !== null)
    list.add(
      'IDT-14',
      'nonce is the one that was sent',
      validation,
      { value: 'nonce', text: expected.nonce },
      shown,
      nonce === expected.nonce,
      nonce === undefined ? 'id_token_nonce_missing' : 'id_token_nonce_mismatch',
    )
  else if (nonce !== undefined && !expected.judgeRenewal)
    list.add(
      'IDT-15',
      'No nonce, because none was sent',
      core('2'),
      'nothing',
      'a nonce',
      false,
      'id_token_nonce_unexpected',
    )
  if (expected.acrValues !== undefined)
    list.add(
      'IDT-19',
      'acr is one that was asked',
      validation,
      expected.acrValues,
      excerpt(acr),
      expected.acrValues.split(' ').some(each => each === acr),
      'id_token_acr_unsatisfied',
    )
}
