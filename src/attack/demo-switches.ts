/** The switchboard of the demo provider: faults that are on for the length of a run, and off again whatever happens. */
import { isObject, jsonObject } from '../oauth/check.ts'
import { isLoopback } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { KeyValueStore, Ports } from '../session/ports.ts'

export interface DemoSwitches {
  /** Faults that are on now, as the servers say. */
  on(): Promise<readonly string[]>
  /** Puts back what a run has left on whose page went away. Not while another tab runs one: it looks the same. */
  restore(): Promise<void>
  /** Runs with these faults on top of what was on before. */
  during<T>(faults: readonly string[], run: () => Promise<T>): Promise<T>
}

/** Faults to go back to, in case the page goes away in the middle of a run. */
const restoreKey = 'pkce-lens.lab.faults'

/** The switches of this provider, or null when it is not the demo provider. Only a server on this machine is asked. */
export async function findDemoSwitches(
  issuer: string,
  ports: Pick<Ports, 'fetch' | 'localStorage'>,
): Promise<DemoSwitches | null> {
  if (!isLoopback(new URL(issuer).hostname)) return null
  const url = `${issuer}/demo/weaknesses`
  const ask = async (method: 'GET' | 'PUT', faults: readonly string[] = []) => {
    const headers: Record<string, string> = method === 'PUT' ? { 'content-type': 'application/json' } : {}
    const body = method === 'PUT' ? JSON.stringify({ on: faults }) : null
    const response = await ports.fetch({ method, url, headers, body }, AbortSignal.timeout(5_000))
    return response.ok ? namesOn(await response.text()) : null
  }
  const set = async (faults: readonly string[]) => {
    const now = await ask('PUT', faults)
    if (now === null || now.length !== faults.length)
      throw new OAuthError({
        code: 'demo_switch_failed',
        expected: faults.join(', ') || 'none',
        received: now?.join(', ') ?? 'no answer',
      })
  }
  const before = await ask('GET').catch(() => null)
  if (before === null) return null
  return {
    on: async () => (await ask('GET')) ?? [],
    async restore() {
      const left = leftBehind(ports.localStorage)
      if (left) await set(left).then(() => ports.localStorage.remove(restoreKey))
    },
    async during(faults, run) {
      if (faults.length === 0) return run()
      const earlier = (await ask('GET')) ?? []
      ports.localStorage.set(restoreKey, JSON.stringify(earlier))
      try {
        await set([...new Set([...earlier, ...faults])])
        return await run()
      } finally {
        await set(earlier)
        ports.localStorage.remove(restoreKey)
      }
    },
  }
}

function namesOn(text: string): string[] | null {
  const list = jsonObject(text)?.['weaknesses']
  if (!Array.isArray(list)) return null
  return list.flatMap(each =>
    isObject(each) && each['on'] === true && typeof each['id'] === 'string' ? [each['id']] : [],
  )
}

function leftBehind(storage: KeyValueStore): string[] | null {
  try {
    const kept: unknown = JSON.parse(storage.get(restoreKey) ?? 'null')
    return Array.isArray(kept) ? kept.filter(each => typeof each === 'string') : null
  } catch {
    return null
  }
}
