/** Things used twice. At most providers a replay ends the grant, so these run last. */
import { onlyOpenId } from '../attack/app-under-attack.ts'
import { letGracePass, longerGrace } from '../attack/refresh-attack.ts'
import { said } from '../attack/verdict.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import type { Sample } from './clean-run.ts'
import { accepted, notApplicable, refusalOf, safe, unread, unreadable, unsafe } from './findings.ts'
import { renewedOf } from './renewal-checks.ts'

export const reuseChecks: readonly ReportCheck[] = [
  {
    number: 26,
    part: 'token',
    title: 'Takes a code once',
    sent: 'The same code again, then UserInfo with the first token.',
    safeAnswer: 'invalid_grant, and the first token is dead.',
    clauses: [{ document: 'RFC 6749', section: '4.1.2' }],
    level: 'must',
    needs: ['control'],
    destructive: true,
    run: codeAgain,
  },
  {
    number: 27,
    part: 'token',
    title: 'Takes a code once, even in a hurry',
    sent: 'The same code twice at the same moment.',
    safeAnswer: 'At most one success.',
    clauses: [{ document: 'RFC 6749', section: '4.1.2' }],
    level: 'must',
    needs: ['control'],
    destructive: true,
    async run(tools) {
      const begun = await tools.clean()
      const answers = await Promise.all([tools.redeem(begun), tools.redeem(begun)])
      const seen = answers
        .map(each => (each.type === 'response' ? said(each.response) : 'unread'))
        .join(' and ')
      const successes = answers.filter(each => each.type === 'response' && accepted(each.response)).length
      if (successes > 1) return unsafe(seen, 'Both won. Whoever is quick with a copied code gets tokens too.')
      return answers.some(each => each.type === 'unread')
        ? unreadable(seen, unread)
        : safe(seen, 'One browser only hints at what several servers behind one address would do.')
    },
  },
  {
    number: 35,
    part: 'renewal',
    title: 'Notices a copied refresh token',
    sent: 'The old refresh token again, then its successor, with 2.5 seconds before each.',
    safeAnswer: 'invalid_grant, and the successor dies too.',
    clauses: [{ document: 'RFC 9700', section: '4.14.2' }],
    level: 'must',
    needs: ['control', 'refresh-token'],
    destructive: true,
    story: {
      text: 'The other side of it: two tabs that renew at once look like a replay, and the person is signed out (Keycloak 16081).',
      url: 'https://github.com/keycloak/keycloak/issues/16081',
    },
    run: refreshAgain,
  },
  {
    number: 37,
    part: 'renewal',
    title: 'Means it when it revokes',
    sent: 'A token is handed back, then used.',
    safeAnswer: '200, then invalid_grant or 401.',
    clauses: [{ document: 'RFC 7009', section: '2' }],
    level: 'must',
    needs: ['control', 'revocation'],
    destructive: true,
    async run(tools) {
      const sample = await tools.sample(onlyOpenId)
      const { accessToken, refreshToken } = sample.tokens
      const userinfo = tools.metadata.userinfo_endpoint
      const handBack = () =>
        refreshToken === null
          ? tools.revoke(accessToken, 'access_token')
          : tools.revoke(refreshToken, 'refresh_token')
      if (refreshToken === null && userinfo === undefined)
        return notApplicable('', 'There is neither a refresh token nor a UserInfo endpoint to try.')
      const revoked = await handBack()
      if (revoked.type === 'unread') return unreadable(revoked.error.code, unread)
      if (revoked.response.status !== 200)
        return unreadable(said(revoked.response), 'The server did not take the token back.')
      const after =
        refreshToken === null
          ? await tools.use(sample, userinfo ?? '')
          : await tools.refresh(sample, refreshToken)
      // Refresh tokens must be revocable, access tokens should be.
      return refusalOf(after, (_, seen) => ({
        ...unsafe(seen, 'The token still works after it was handed back.'),
        ...(refreshToken === null ? { level: 'should' } : {}),
      }))
    },
  },
]

async function codeAgain(tools: CardTools): Promise<Finding> {
  const userinfo = tools.metadata.userinfo_endpoint
  const sample = await tools.sample(userinfo === undefined ? undefined : onlyOpenId)
  const worked = userinfo !== undefined && (await works(tools, sample, userinfo))
  if (tools.options.patient) await tools.wait(30_000, 'The code is replayed after 30 seconds.')
  return refusalOf(await tools.redeem(sample.begun), (_, seen) =>
    unsafe(seen, 'A copied code works after the app has used it.'),
  ).then(async replay => {
    if (replay.verdict !== 'safe') return replay
    if (!worked || userinfo === undefined)
      return {
        ...replay,
        note: 'Whether the first token died could not be tried: there is no UserInfo for it.',
      }
    const after = await tools.use(sample, userinfo)
    if (after.type === 'unread') return { ...replay, note: 'Whether the first token died could not be read.' }
    return accepted(after.response)
      ? {
          ...unsafe(
            `${replay.seen}, then ${said(after.response)}`,
            'The replay was refused, but the first tokens live on.',
          ),
          level: 'should',
        }
      : safe(`${replay.seen}, then ${said(after.response)}`)
  })
}

async function works(tools: CardTools, sample: Sample, url: string): Promise<boolean> {
  const answer = await tools.use(sample, url)
  return answer.type === 'response' && accepted(answer.response)
}

async function refreshAgain(tools: CardTools): Promise<Finding> {
  const sample = await tools.sample()
  const { old, next } = await rotated(tools, sample)
  if (next === old) return notApplicable('not rotated', 'There is no successor: see 34.')
  await letGracePass(tools)
  const replay = await refusalOf(await tools.refresh(sample, old), (_, seen) =>
    unsafe(seen, `A copy of a used refresh token works. ${longerGrace}`),
  )
  if (replay.verdict !== 'safe') return replay
  await letGracePass(tools)
  return refusalOf(await tools.refresh(sample, next), (_, seen) =>
    unsafe(
      `${replay.seen}, then ${seen}`,
      'The replay was refused, but its successor lives on: a thief who renewed first stays.',
    ),
  )
}

/** One clean renewal. @throws CheckEnded when it does not work */
export async function rotated(tools: CardTools, sample: Sample): Promise<{ old: string; next: string }> {
  const old = sample.tokens.refreshToken ?? ''
  const answer = await tools.refresh(sample, old)
  const { refreshToken } = renewedOf(answer)
  return { old, next: refreshToken ?? old }
}
