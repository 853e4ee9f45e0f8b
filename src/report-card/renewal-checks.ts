/** Renewal: what a refresh gives, and what it must not give. */
import { type Answer, said } from '../attack/verdict.ts'
import { jsonObject, textOf } from '../oauth/check.ts'
import { decodeJwt } from '../oauth/id-token.ts'
import type { ReportCheck } from './check.ts'
import { accepted, CheckEnded, refusalOf, safe, unread, unreadable, unsafe } from './findings.ts'

/** What a renewal gave. @throws CheckEnded when it was refused or cannot be read */
export function renewedOf(answer: Answer): { refreshToken: string | undefined } {
  if (answer.type === 'unread') throw new CheckEnded(unreadable(answer.error.code, unread))
  if (!accepted(answer.response))
    throw new CheckEnded(unreadable(said(answer.response), 'A clean renewal was refused as well.'))
  return { refreshToken: textOf(jsonObject(answer.response.body)?.['refresh_token']) }
}

/** A scope that the provider has and the sample was not given. */
function widerScope(offered: readonly string[] | undefined, asked: string): string {
  const known = new Set([...asked.split(' '), 'offline_access', 'openid'])
  return offered?.find(scope => !known.has(scope)) ?? 'lens_wider'
}

/** Scopes of a token answer, or of the token itself; null: nobody says. */
export function grantedScopes(body: string): readonly string[] | null {
  const json = jsonObject(body)
  const claims = decodeJwt(textOf(json?.['access_token']) ?? '')?.payload
  const text = textOf(json?.['scope']) ?? textOf(claims?.['scope']) ?? textOf(claims?.['scp'])
  return text === undefined ? null : text.split(' ')
}

export const renewalChecks: readonly ReportCheck[] = [
  {
    number: 34,
    part: 'renewal',
    title: 'Changes the refresh token at each use',
    sent: 'One renewal.',
    safeAnswer: 'A new refresh token, or one that is bound to a key.',
    clauses: [
      { document: 'RFC 9700', section: '2.2.2' },
      { document: 'RFC 9700', section: '4.14.2' },
    ],
    level: 'must',
    needs: ['control', 'refresh-token'],
    async run(tools) {
      const sample = await tools.sample()
      const old = sample.tokens.refreshToken ?? ''
      const { refreshToken } = renewedOf(await tools.refresh(sample, old))
      if (refreshToken !== undefined && refreshToken !== old) return safe('a new refresh token')
      return sample.begun.leaving.dpop
        ? safe('the same, bound to a key')
        : unsafe(
            'the same refresh token',
            'A copy of it works for as long as the original, and nobody notices.',
          )
    },
  },
  {
    number: 36,
    part: 'renewal',
    title: 'Renews nothing beyond what was agreed',
    sent: 'A renewal that asks a wider scope.',
    safeAnswer: 'invalid_scope, or the scope unchanged.',
    clauses: [{ document: 'RFC 6749', section: '6' }],
    level: 'must',
    needs: ['control', 'refresh-token'],
    async run(tools) {
      const sample = await tools.sample()
      const { scope } = sample.begun.config
      const wider = widerScope(tools.metadata.scopes_supported, `${scope} ${sample.tokens.scope ?? ''}`)
      const answer = await tools.refresh(sample, sample.tokens.refreshToken ?? '', form =>
        form.set('scope', `${scope} ${wider}`),
      )
      return refusalOf(answer, ({ body }, seen) => {
        const granted = grantedScopes(body)
        if (granted === null) return unreadable(seen, 'It answered, and does not say with which scope.')
        return granted.includes(wider)
          ? unsafe(`${seen}, with ${wider}`, 'The app got more than the person agreed to.')
          : safe(`${seen}, without ${wider}`)
      })
    },
  },
]
