/** Redirect addresses that were not registered: the answer must not go there. */

import { createMarks } from '../oauth/pkce.ts'
import { prepareSignIn, releaseAddress, silentCallback } from '../session/sign-in.ts'
import { newFlow } from '../session/wire.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import { accepted, safe, skipped, unsafe } from './findings.ts'
import { frontFinding, seenToStay, silenceFinding } from './front.ts'

const exact = [
  { document: 'RFC 9700' as const, section: '2.1' },
  { document: 'RFC 9700' as const, section: '4.1.3' },
]

/**
 * Addresses that differ from the registered one as texts, and that a browser resolves back to the page that
 * listens: so an answer is heard, whoever hosts the app. In the query they stand as `lens-wrong%2F..`, `%2F..`,
 * `;%2F..` and `%252e%252e`. A browser does not take `..;/` for a way back, so an answer there would not be heard.
 */
export function otherPaths(callback: string): readonly string[] {
  const { origin, pathname } = new URL(callback)
  const [folder, page] = [pathname.slice(0, pathname.lastIndexOf('/') + 1), pathname.split('/').at(-1)]
  return [
    `${origin}${folder}lens-wrong/../${page}`,
    `${callback}/../${page}`,
    `${callback};/../${page}`,
    `${callback}/%2e%2e/${page}`,
  ]
}

async function askFor(tools: CardTools, address: string) {
  return tools.ask(parameters => parameters.set('redirect_uri', address))
}

export const redirectChecks: readonly ReportCheck[] = [
  {
    number: 9,
    part: 'authorize',
    title: 'Compares the redirect address to the last character',
    sent: 'redirect_uri with ?extra=lens',
    safeAnswer: 'No answer there: the browser stays, or the extra is dropped.',
    clauses: exact,
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const front = await askFor(tools, `${silentCallback(tools.bench())}?extra=lens`)
      if (front.type === 'back' && front.url.searchParams.has('extra'))
        return unsafe(
          front.error ?? 'a code at the longer address',
          'The answer went to an address that nobody registered.',
        )
      return frontFinding(tools, front, () => safe('answered at the registered address'))
    },
  },
  {
    number: 10,
    part: 'authorize',
    title: 'Compares the path of the redirect address',
    sent: 'redirect_uri with another path, and with %2F.., ;/../ and %252e in it. Not with ..;/, since no browser brings that answer back here.',
    safeAnswer: 'No answer: the browser stays at the provider.',
    clauses: exact,
    level: 'must',
    needs: ['control'],
    run: anotherPath,
  },
  {
    number: 11,
    part: 'authorize',
    title: 'Lets nobody plant a code',
    sent: 'redirect_uri with ?code=attacker',
    safeAnswer: 'One code in the callback, or no answer.',
    clauses: [{ document: 'RFC 9700', section: '2.1' }],
    level: 'must',
    needs: ['control'],
    async run(tools) {
      const front = await askFor(tools, `${silentCallback(tools.bench())}?code=attacker`)
      return frontFinding(tools, front, (_begun, url) => {
        const codes = url.searchParams.getAll('code')
        return codes.length > 1
          ? unsafe(`${codes.length} codes`, 'The app may take the attacker’s code for its own.')
          : safe('one code')
      })
    },
  },
  {
    number: 12,
    part: 'authorize',
    title: 'Does not guess the redirect address',
    sent: 'A request with openid and without redirect_uri.',
    safeAnswer: 'An error page.',
    clauses: [{ document: 'OpenID Connect Core', section: '3.1.2.1' }],
    level: 'must',
    needs: ['control'],
    window: true,
    run: withoutAddress,
  },
]

async function anotherPath(tools: CardTools): Promise<Finding> {
  let found: Finding = safe('')
  let silent = false
  for (const address of otherPaths(silentCallback(tools.bench()))) {
    const front = await askFor(tools, address)
    if (front.type === 'back' && front.error === null && front.begun.code !== '') {
      // A provider that overlooks the wrong address binds the code to the registered one.
      const answer = await tools.redeem(front.begun, form => form.set('redirect_uri', address))
      if (answer.type === 'response' && accepted(answer.response))
        return unsafe(
          'a code at another path',
          `It answered at ${new URL(address).origin} with a path that nobody registered: ${address}`,
        )
      found = safe('answered at the registered address')
    } else if (front.type === 'kept' && front.seenBy === 'page') {
      silent = true
    } else {
      found = await frontFinding(tools, front, () => safe('an empty answer'))
      if (found.verdict === 'stayed')
        return { ...found, note: `${found.note} The other forms were not tried: each needs a window.` }
      if (found.verdict !== 'safe') return found
    }
  }
  // One clean request for all of them.
  return silent ? silenceFinding(tools) : found
}

/** In a window: the registered pages are no frames, so a landing there is seen from outside only. */
async function withoutAddress(tools: CardTools): Promise<Finding> {
  const bench = tools.bench()
  const opened = await tools.person.window(
    'This request names no address to return to. Look whether the window stays on an error page of the provider.',
  )
  if (!opened) return skipped('', 'The window was not opened.')
  const flow = newFlow('sign_in')
  const question = tools.person.lookAt('Does the window stay on an error page of the provider?')
  try {
    const leaving = await prepareSignIn(bench, tools.config, {}, { flow, via: 'popup', purpose: 'sign_in' })
    const url = new URL(leaving.url)
    url.searchParams.delete('redirect_uri')
    const address = await bench.script.during(
      message => (message.type === 'navigation' ? { ...message, url: url.href } : null),
      () => releaseAddress(bench, flow, 'popup', leaving),
    )
    const end = await Promise.race([
      opened.go(address, leaving.transaction.state).answer.then(() => 'came-back' as const),
      question.answer,
    ])
    if (end === 'came-back')
      return unsafe(
        opened.landedAt() ?? 'back at the app',
        'It chose a registered address by itself. With OpenID Connect the address must be named.',
      )
    return seenToStay
  } finally {
    question.done()
    opened.close()
  }
}

export const logoutCheck: ReportCheck = {
  number: 38,
  part: 'renewal',
  title: 'Signs out to registered addresses only',
  sent: 'A sign-out that wants to return to an unregistered address.',
  safeAnswer: 'The browser stays at the provider.',
  clauses: [{ document: 'OpenID Connect RP-Initiated Logout', section: '3' }],
  level: 'must',
  needs: ['control', 'end-session'],
  window: true,
  destructive: true,
  async run(tools) {
    const opened = await tools.person.window(
      'Press the sign-out button there, if there is one. Look whether the window stays at the provider.',
    )
    if (!opened) return skipped('', 'The window was not opened.')
    const question = tools.person.lookAt('Does the window stay at the provider?')
    try {
      const { state } = createMarks()
      const url = new URL(tools.metadata.end_session_endpoint ?? '')
      // Without the ID token: this is an address, and tokens stand in none.
      url.searchParams.set('client_id', tools.config.clientId)
      url.searchParams.set('post_logout_redirect_uri', silentCallback(tools.bench()))
      url.searchParams.set('state', state)
      tools.bench().wire.tell(newFlow('sign_out'), {
        kind: 'end_session_request',
        method: 'GET',
        url: url.href,
        body: null,
        tampered: ['post_logout_redirect_uri'],
      })
      const end = await Promise.race([
        opened.go(url.href, state).answer.then(() => 'came-back' as const),
        question.answer,
      ])
      return end === 'came-back'
        ? unsafe(
            'came back',
            'It returned to an address that is not registered for sign-out, unless you registered it.',
          )
        : { ...seenToStay, note: `${seenToStay.note} It may also stay because no ID token was sent.` }
    } finally {
      question.done()
      opened.close()
    }
  },
}
