/** The session in React: one provider, four hooks, one guard. A component renders again only when what it reads changes. */
import { createContext, Fragment, type ReactNode, useContext, useRef, useSyncExternalStore } from 'react'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { isObject } from '../oauth/check.ts'
import type { Client } from './client.ts'
import type { ProfileState, SessionState } from './store.ts'

const ClientContext = createContext<Client | null>(null)

/**
 * Gives the client to everything below.
 * @example
 * const client = createClient({ config, ports: browserPorts({ basePath: '/' }) }) // once, outside of every component
 * <SessionProvider client={client}>…</SessionProvider>
 */
export function SessionProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>
}

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('no <SessionProvider>')
  return client
}

/**
 * The session, or the part of it that a component needs.
 * @example const name = useSession(session => session.claims?.name)
 */
export function useSession(): SessionState
export function useSession<T>(select: (session: SessionState) => T): T
export function useSession<T>(select?: (session: SessionState) => T): T | SessionState {
  const { store } = useClient()
  const last = useRef<readonly [from: SessionState, by: typeof select, chosen: T | SessionState]>(null)
  const choose = (from = store.getState()) => {
    const kept = last.current
    if (kept?.[0] === from && kept[1] === select) return kept[2]
    const found = select ? select(from) : from
    const chosen = kept && isSame(kept[2], found) ? kept[2] : found
    last.current = [from, select, chosen]
    return chosen
  }
  // A page that was drawn on a server is first drawn here as it was there, whatever is known by now.
  return useSyncExternalStore(store.subscribe, choose, () => choose(store.getInitialState()))
}

/** Equal, or lists or plain objects with equal members: a selector may make a new one each time. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a).flat(), Object.entries(b).flat()]
  return left.length === right.length && left.every((part, i) => Object.is(part, right[i]))
}

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype)

/** The profile from `profile_url` or UserInfo, and a way to ask again. The name is earlier in `claims` of the session. */
export function useProfile(): ProfileState & { reload: () => Promise<void> } {
  const client = useClient()
  const profile = useSession(session => session.profile)
  return { ...profile, reload: client.loadProfile }
}

/**
 * `fetch` with the access token: renews it when needed, waits for a renewal under way, repeats once after a 401.
 * @example const authorizedFetch = useAuthorizedFetch(); const orders = await authorizedFetch('https://api.example/orders')
 */
export function useAuthorizedFetch(): Client['fetch'] {
  return useClient().fetch
}

export interface RequireSessionProps {
  readonly children: ReactNode
  /** While it is not yet known whether somebody is signed in, and while they are on their way in or out. */
  readonly pending?: ReactNode
  /** Nobody is signed in; gets the way in. */
  readonly signedOut: (signIn: (wish?: SignInWish) => Promise<void>) => ReactNode
}

/** Shows its children to a signed-in person only; they stay, below `pending`, while that person is asked for more. */
export function RequireSession({ children, pending = null, signedOut }: RequireSessionProps) {
  const client = useClient()
  const status = useSession(session => session.status)
  const person = useSession(({ issuer, claims }) => claims && `${issuer} ${claims.sub}`)
  const first = useRef<string>(null)
  if (status === 'signed_out') return signedOut(client.signIn)
  const isAskedForMore = status === 'signing_in' && person !== null
  // Drawn anew for another person: nothing that was shown to one stays for the next. The first keeps the place of
  // `pending`: where both are the same page, drawn while the tokens are on their way, it is filled in.
  first.current ??= person
  return (
    <>
      {isAskedForMore && pending}
      <Fragment key={person === null || person === first.current ? '' : person}>
        {isAskedForMore || status === 'signed_in' ? children : pending}
      </Fragment>
    </>
  )
}
