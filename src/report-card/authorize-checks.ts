/**
 * Bent authorization requests: what the provider makes of them is seen in what comes back, or that nothing does.
 * Longer than other files because it is one list.
 */

import type { Edit } from '../attack/scripted-hold.ts'
import type { Answer } from '../attack/verdict.ts'
import { createPkce } from '../oauth/pkce.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { notApplicable, refusalOf, safe, unread, unreadable, unsafe } from './findings.ts'
import { closedFinding, frontFinding } from './front.ts'
import { grantedScopes } from './renewal-checks.ts'

const rfc9700 = (section: string) => ({ document: 'RFC 9700' as const, section })
const rfc6749 = (section: string) => ({ document: 'RFC 6749' as const, section })
const rfc7636 = (section: string) => ({ document: 'RFC 7636' as const, section })

const withoutChallenge = (parameters: URLSearchParams) => {
  parameters.delete('code_challenge')
  parameters.delete('code_challenge_method')
}

/** Every kind of printable ASCII, 128 characters. */
const oddState = `~!@#$%^&*()_+-=[]{}|;:'",.<>/? `.padEnd(128, 'lens%2F+&=')

const noSuchScope = 'lens_no_such_scope'

/** What became of the unknown scope, where a code came for it. */
function scopeFinding(answer: Answer): Promise<Finding> {
  return refusalOf(answer, ({ body }, seen) => {
    const granted = grantedScopes(body)
    // An answer without scope means all that was asked (RFC 6749 §5.1).
    if (granted === null)
      return {
        ...unsafe(
          `${seen}, with no scope in it`,
          'The state came back unchanged. An answer without scope says that everything was given, also a scope that nobody knows.',
        ),
        level: 'should',
      }
    return granted.includes(noSuchScope)
      ? { ...unsafe(`${seen}, with ${noSuchScope}`, 'It gives a scope that nobody knows.'), level: 'should' }
      : safe(`${seen}, without ${noSuchScope}`)
  })
}

/** A challenge that equals its verifier: what plain means. */
async function plainly(tools: CardTools, change: (parameters: URLSearchParams) => void): Promise<Finding> {
  const { codeVerifier } = await createPkce()
  const front = await tools.ask(parameters => {
    parameters.set('code_challenge', codeVerifier)
    change(parameters)
  })
  return frontFinding(tools, front, async begun =>
    refusalOf(await tools.redeem(begun, form => form.set('code_verifier', codeVerifier)), (_, seen) =>
      unsafe(seen, 'Who sees the address knows the verifier: the challenge was the verifier itself.'),
    ),
  )
}

/** The fragment of the address that is opened; not a parameter, so the server never sees it. */
const addFragment: Edit = message =>
  message.type === 'navigation' ? { ...message, url: `${message.url}#lens` } : null

export const authorizeChecks: readonly ReportCheck[] = [
  {
    number: 6,
    part: 'authorize',
    title: 'Demands a challenge',
    sent: 'A request without code_challenge.',
    safeAnswer: 'invalid_request',
    clauses: [rfc7636('4.4.1'), rfc9700('2.1.1')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      return frontFinding(tools, await tools.ask(withoutChallenge), () =>
        unsafe('a code', 'A code came without any challenge. Whoever copies such a code gets the tokens.'),
      )
    },
  },
  {
    number: 7,
    part: 'authorize',
    title: 'Refuses plain',
    sent: 'code_challenge_method=plain',
    safeAnswer: 'The request, or the exchange, is refused.',
    clauses: [rfc9700('2.1.1'), rfc7636('4.2')],
    level: 'should',
    needs: ['control'],
    run: tools => plainly(tools, parameters => parameters.set('code_challenge_method', 'plain')),
  },
  {
    number: 8,
    part: 'authorize',
    title: 'Does not guess plain',
    sent: 'A challenge without code_challenge_method.',
    safeAnswer: 'Refused, because the missing method means plain.',
    clauses: [rfc7636('4.3')],
    level: 'should',
    needs: ['control'],
    run: tools => plainly(tools, parameters => parameters.delete('code_challenge_method')),
  },
  {
    number: 13,
    part: 'authorize',
    title: 'Puts no token into an address',
    sent: 'response_type=token',
    safeAnswer: 'unsupported_response_type or unauthorized_client',
    clauses: [rfc9700('2.1.2')],
    level: 'should',
    needs: ['control'],
    async run(tools) {
      const front = await tools.ask(parameters => parameters.set('response_type', 'token'))
      if (front.type !== 'back') return closedFinding(tools, front)
      const fragment = new URLSearchParams(front.url.hash.slice(1))
      if (fragment.has('access_token') || front.url.searchParams.has('access_token'))
        return unsafe('access_token in the address', 'Histories, logs and referrers keep addresses.')
      const error = front.error ?? fragment.get('error')
      if (error !== null) return safe(error)
      return front.begun.code === ''
        ? unreadable('an empty answer', 'It came back with neither a token nor an error.')
        : safe('a code', 'It gave a code instead of the token.')
    },
  },
  {
    number: 14,
    part: 'authorize',
    title: 'Takes each parameter once',
    sent: 'scope twice',
    safeAnswer: 'invalid_request',
    clauses: [rfc6749('3.1')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const front = await tools.ask(parameters => parameters.append('scope', 'openid'))
      return frontFinding(tools, front, () =>
        unsafe('a code', 'Two readers of one request can read it in two ways.'),
      )
    },
  },
  {
    number: 15,
    part: 'authorize',
    title: 'Overlooks what it does not know',
    sent: 'foo=bar added',
    safeAnswer: 'Ignored, the sign-in succeeds.',
    clauses: [rfc6749('3.1')],
    level: 'must',
    needs: ['control'],
    async run({ ask }) {
      const front = await ask(parameters => parameters.set('foo', 'bar'))
      if (front.type === 'back' && front.error === null) return safe('a code')
      const seen = front.type === 'back' ? (front.error ?? '') : front.type === 'kept' ? 'kept' : front.seen
      return unsafe(seen, 'An unknown parameter made the request fail. Extensions cannot be tried safely.')
    },
  },
  {
    number: 16,
    part: 'authorize',
    title: 'Returns state as it came',
    sent: 'An unknown scope, and a state of 128 odd characters.',
    safeAnswer: 'invalid_scope or fewer scopes, and state byte for byte.',
    clauses: [rfc6749('4.1.2'), rfc6749('4.1.2.1')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const front = await tools.ask(parameters => {
        parameters.set('scope', `${parameters.get('scope') ?? ''} ${noSuchScope}`.trim())
        parameters.set('state', oddState)
      })
      if (front.type !== 'back') return closedFinding(tools, front)
      const state = front.url.searchParams.get('state')
      if (state !== oddState)
        return unsafe(
          state === null ? 'no state' : `a state of ${state.length} characters`,
          'The state came back changed, so an app that compares it stops, or compares less.',
        )
      return frontFinding(tools, front, async begun => scopeFinding(await tools.redeem(begun)))
    },
  },
  {
    number: 17,
    part: 'authorize',
    title: 'Says who answers',
    sent: 'A clean request.',
    safeAnswer: 'iss in the callback equals the issuer.',
    clauses: [{ document: 'RFC 9207', section: '2' }, rfc9700('4.4.2.1')],
    level: 'must',
    needs: ['control'],
    async run({ clean, metadata }) {
      const iss = new URL((await clean()).url).searchParams.get('iss')
      if (iss === metadata.issuer) return safe(iss)
      return iss === null
        ? {
            ...unsafe(
              'no iss',
              'An app with more than one provider needs another defence against mix-up: a redirect address of its own for each.',
            ),
            level: 'should',
          }
        : unsafe(iss, 'The answer names another issuer, as in a mix-up attack.')
    },
  },
  {
    number: 18,
    part: 'authorize',
    title: 'Lets no fragment through',
    sent: '#lens behind the authorization address.',
    safeAnswer: 'The callback has no #lens: the server put a fragment of its own.',
    clauses: [rfc9700('4.1.3')],
    level: 'may',
    needs: ['control'],
    async run(tools) {
      const front = await tools.askEdited(addFragment)
      return frontFinding(tools, front, (_begun, url) =>
        url.hash.includes('lens')
          ? notApplicable(
              '#lens came along',
              'Browsers carry fragments along. The clause only says MAY, and it matters where tokens travel in fragments: see 13.',
            )
          : safe(url.hash === '' ? 'no fragment' : url.hash),
      )
    },
  },
  {
    number: 19,
    part: 'authorize',
    title: 'Keeps silent when told to',
    sent: 'prompt=none from a frame without cookies, so without a session.',
    safeAnswer: 'login_required, and no page.',
    clauses: [{ document: 'OpenID Connect Core', section: '3.1.2.6' }],
    level: 'must',
    needs: ['control'],
    run: silence,
  },
  {
    number: 24,
    part: 'token',
    title: 'Refuses a short verifier',
    sent: 'The verifier abc, with its correct hash as challenge.',
    safeAnswer: 'Refused: 43 to 128 characters.',
    clauses: [rfc7636('4.1')],
    level: 'must',
    needs: ['control'],
    story: {
      text: '@node-oauth/oauth2-server took verifiers of any length, which made guessing possible.',
      url: 'https://github.com/node-oauth/node-oauth2-server/security/advisories',
    },
    async run(tools) {
      const verifier = 'abc'
      const challenge = await hashOf(verifier)
      const front = await tools.ask(parameters => parameters.set('code_challenge', challenge))
      return frontFinding(tools, front, async begun =>
        refusalOf(await tools.redeem(begun, form => form.set('code_verifier', verifier)), (_, seen) =>
          unsafe(seen, 'Three characters can be guessed in a moment.'),
        ),
      )
    },
  },
  {
    number: 23,
    part: 'token',
    title: 'Cannot be talked out of PKCE',
    sent: 'A verifier for a code that was asked for without challenge.',
    safeAnswer: 'Refused.',
    clauses: [rfc9700('2.1.1'), rfc9700('4.8.2')],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const front = await tools.ask(withoutChallenge)
      const found = await frontFinding(tools, front, async begun =>
        refusalOf(await tools.redeem(begun), (_, seen) =>
          unsafe(seen, 'An attacker can take the challenge out of the request, and nobody notices.'),
        ),
      )
      return front.type === 'back' && front.error === null
        ? found
        : {
            ...found,
            note: found.note || 'No code comes without a challenge, so there is nothing to leave out.',
          }
    },
  },
]

async function hashOf(verifier: string): Promise<string> {
  const { calculatePKCECodeChallenge } = await import('oauth4webapi')
  return calculatePKCECodeChallenge(verifier)
}

/** `prompt=none` where no cookie goes along: the answer of a provider that does not know the person. */
async function silence(tools: CardTools): Promise<Finding> {
  if (!('credentialless' in HTMLIFrameElement.prototype))
    return notApplicable('', 'This browser cannot open a frame without cookies. Chromium can.')
  const arrival = await tools.askBlindly()
  if (arrival.type === 'stayed') {
    const { via } = await tools.clean()
    return via === 'frame'
      ? unsafe('a page', 'It showed a page, although prompt=none forbids it.')
      : unreadable('no answer', 'It showed a page, or it does not let itself be framed.')
  }
  const query = new URL(arrival.url).searchParams
  const error = query.get('error')
  if (query.has('code')) return unreadable('a code', 'The frame was not without a session after all.')
  return error === null ? unreadable('an empty answer', unread) : safe(error)
}
