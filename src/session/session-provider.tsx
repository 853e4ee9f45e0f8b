/** The session in React: one provider, four hooks, one guard. A component renders again only when what it reads changes. */
import { createContext, type ReactNode, useContext, useRef, useSyncExternalStore } from 'react'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { isObject } from '../oauth/check.ts'
import type { Client } from './client.ts'
import type { ProfileState, SessionState } from './store.ts'

const ClientContext = createContext<Client | null>(null)

/**
 * Gives the client to everything below.
 * @example <SessionProvider client={createClient({ config, ports: browserPorts({ basePath: '/' }) })}>…</SessionProvider>
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
  const kept = useRef<T | SessionState>(undefined)
  return useSyncExternalStore(store.subscribe, () => {
    const chosen = select ? select(store.getState()) : store.getState()
    if (kept.current === undefined || !isSame(kept.current, chosen)) kept.current = chosen
    return kept.current
  })
}

/** Equal, or plain objects with equal members: a selector may make a new object each time. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every(name => name in b && Object.is(a[name], b[name]))
  )
}

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
  /** While it is not yet known whether somebody is signed in. */
  readonly pending?: ReactNode
  /** Nobody is signed in; gets the way in. */
  readonly signedOut: (signIn: (wish?: SignInWish) => Promise<void>) => ReactNode
}

/** Shows its children to a signed-in person only. */
export function RequireSession({ children, pending = null, signedOut }: RequireSessionProps) {
  const client = useClient()
  const status = useSession(session => session.status)
  if (status === 'signed_in') return children
  if (status === 'signed_out') return signedOut(client.signIn)
  return pending
}
