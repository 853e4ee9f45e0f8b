/** What an ID token from a refresh must have in common with the one of the sign-in (OpenID Connect Core 1.0 §12.2). */
import { excerpt } from './check.ts'
import type { ExpectedIdToken, IdTokenClaims } from './id-token.ts'
import { core, leeway } from './id-token-claims.ts'

/** RT-06, beside the checks of every ID token. @param was the claims of the sign-in, with those of later ID tokens over them */
export const renewalOf =
  (was: IdTokenClaims): Required<ExpectedIdToken>['judgeRenewal'] =>
  (list, { sub, iat, nonce, auth_time: authTime }, now) => {
    const away = (time: number) => `${time - Math.floor(now / 1000)} s from now`
    list.add(
      'RT-06',
      'sub is the person who signed in',
      core('12.2'),
      was.sub,
      excerpt(sub),
      sub === was.sub,
      'refresh_id_token_subject_changed',
    )
    if (typeof iat === 'number')
      list.add(
        'RT-06',
        'iat is not before the one that is renewed',
        core('12.2'),
        `at least ${away(was.iat)}`,
        away(iat),
        iat >= was.iat - leeway,
        'id_token_too_old',
      )
    if (nonce !== undefined)
      list.add(
        'RT-06',
        'nonce is the original one',
        core('12.2'),
        'the original',
        nonce === was['nonce'] ? 'the original' : 'another',
        nonce === was['nonce'],
        'refresh_id_token_nonce_changed',
      )
    if (authTime !== undefined && was['auth_time'] !== undefined)
      list.add(
        'RT-06',
        'auth_time is the original one',
        core('12.2'),
        excerpt(was['auth_time']),
        excerpt(authTime),
        authTime === was['auth_time'],
        'refresh_id_token_auth_time_changed',
      )
  }
