/** Memory of the authorization server: sessions, grants, codes, tokens. Bounded, and never written to disk. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

interface Kept {
  readonly payload: AdapterPayload
  readonly until: number
}

const capacity = 5000
/** Kept a little longer than valid, so that "expired" can be told from "unknown". */
const graceSeconds = 60

/** Begun by anybody who asks, and nobody's yet: a flood of requests pushes out these, and no person's session. */
const isNobodys = (key: string, { accountId }: AdapterPayload): boolean =>
  /^(Interaction|PushedAuthorizationRequest):/.test(key) ||
  (key.startsWith('Session:') && accountId === undefined)

/** @returns the adapter factory that the library asks for; one store for all models */
export function createStore(now: () => number = Date.now): AdapterFactory {
  const kept = new Map<string, Kept>()

  const drop = (test: (key: string, payload: AdapterPayload) => boolean) => {
    for (const [key, { payload }] of kept) if (test(key, payload)) kept.delete(key)
  }
  const sweep = () => {
    const time = now()
    for (const [key, { until }] of kept) if (until < time) kept.delete(key)
    for (const isSpare of [isNobodys, () => true])
      for (const [key, { payload }] of kept) {
        if (kept.size < capacity) return
        if (isSpare(key, payload)) kept.delete(key)
      }
  }
  const read = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key)
    return found && found.until >= now() ? found.payload : undefined
  }

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`
    const findBy = (test: (payload: AdapterPayload) => boolean) => {
      for (const [key, { payload }] of kept)
        if (key.startsWith(`${model}:`) && test(payload)) return read(key)
      return undefined
    }
    return {
      async upsert(id, payload, expiresIn) {
        if (kept.size >= capacity) sweep()
        const until =
          expiresIn === undefined ? Number.POSITIVE_INFINITY : now() + (expiresIn + graceSeconds) * 1000
        kept.set(keyOf(id), { payload, until })
      },
      async find(id) {
        return read(keyOf(id))
      },
      async findByUid(uid) {
        return findBy(payload => payload.uid === uid)
      },
      async findByUserCode(userCode) {
        return findBy(payload => payload.userCode === userCode)
      },
      async consume(id) {
        const payload = read(keyOf(id))
        if (payload) payload.consumed = Math.floor(now() / 1000)
      },
      async destroy(id) {
        kept.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        drop((key, payload) => key.startsWith(`${model}:`) && payload.grantId === grantId)
      },
    }
  }
}
