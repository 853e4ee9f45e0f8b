/** What the tabs of one origin tell each other: that somebody left, or that somebody else came. Never a token. */
import { isObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Ports } from './ports.ts'

export interface TabNews {
  readonly type: 'signed_out' | 'signed_in'
  readonly issuer: string
  readonly clientId: string
  /** Only with `signed_in`: the identifier of the person at this issuer. */
  readonly sub: string | null
}

const versionKey = 'pkce-lens.session-version'

/** Sign-outs of this origin so far: who signs in without being asked remembers how many there were. */
export const signOutsOf = ({ localStorage }: Pick<Ports, 'localStorage'>): string =>
  localStorage.get(versionKey) ?? '0'

export interface Tabs {
  /** Tells the others and counts up, so that a frozen tab notices when it wakes (LOUT-08). */
  announce(type: TabNews['type'], of: Pick<ClientConfig, 'issuer' | 'clientId'>, sub: string | null): void
  listen(hear: (news: TabNews) => void): () => void
  /** True when another tab signed out since this tab looked last, or somebody signed in here. */
  missedSignOut(): boolean
}

export function createTabs(ports: Ports): Tabs {
  const version = () => signOutsOf(ports)
  // Read with the first session: local storage is slow when it is read first, and a callback has better to do.
  let seen: string | undefined
  return {
    announce(type, { issuer, clientId }, sub) {
      seen = version()
      if (type === 'signed_out') {
        seen = String(Number(seen) + 1)
        ports.localStorage.set(versionKey, seen)
      }
      const news: TabNews = { type, issuer, clientId, sub }
      ports.channel.post(news)
    },
    listen: hear =>
      ports.channel.listen(message => {
        const news = parseNews(message)
        if (news?.type === 'signed_out') seen = version()
        if (news) hear(news)
      }),
    missedSignOut() {
      const missed = seen !== undefined && version() !== seen
      seen = version()
      return missed
    },
  }
}

function parseNews(message: unknown): TabNews | null {
  if (!isObject(message)) return null
  const { type } = message
  const [issuer, clientId, sub] = ['issuer', 'clientId', 'sub'].map(name => textOf(message[name]))
  if ((type !== 'signed_out' && type !== 'signed_in') || !issuer || !clientId) return null
  return { type, issuer, clientId, sub: sub ?? null }
}
