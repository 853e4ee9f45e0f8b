/** What the picture expects of the demo provider, and a trace from steps, for tests. */
import { createHash } from 'node:crypto'
import type { Step } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { api, app, clientId, issuer, scope } from '../trace/fixtures.test-data.ts'
import { parseRedacted } from '../trace/redact.ts'
import type { Expectation, Message } from './message.ts'
import { sequence } from './sequence.ts'

export const expectation: Expectation = {
  issuer,
  clientId,
  scope,
  appOrigin: app,
  authorizationServerOrigin: issuer,
  resourceServerOrigin: api,
  authorizationPath: '/authorize',
  tokenPath: '/token',
  redirectPath: '/callback',
  parPath: '/par',
  revocationPath: '/revoke',
  endSessionPath: '/logout',
  endSessionMethod: 'POST',
  postLogoutPath: '/',
  profilePath: '/user/profile',
  usesPar: false,
  usesDpop: false,
  canRevoke: true,
  canEndSession: true,
}

export function traceOf(steps: readonly Step[]): Trace {
  const entries = steps.map((step, i) => ({
    id: `e${i + 1}`,
    seq: i + 1,
    tab: 'tab-1',
    step,
    redacted: false,
  }))
  return { entries, folded: [] }
}

/** As the recorder answers once it has settled. */
export function fingerprint(text: string): string {
  return parseRedacted(text)?.fingerprint ?? createHash('sha256').update(text).digest('hex').slice(0, 16)
}

export const draw = (steps: readonly Step[]) => sequence(traceOf(steps), expectation, fingerprint)

export const line = (message: Message) => `${message.number} ${message.label}`

export const real = (messages: readonly Message[]) =>
  messages.filter(message => message.status !== 'upcoming')

/** The first message of a kind. */
export function of(messages: readonly Message[], kind: Message['kind']): Message {
  const found = messages.find(message => message.kind === kind)
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}

/** The values of a message by name: `!` is odd, `~` tampered. */
export function short(message: Message): string {
  return message.carried
    .map(({ value, odd, tampered }) => `${value}${odd ? '!' : ''}${tampered ? '~' : ''}`)
    .join(' ')
}
