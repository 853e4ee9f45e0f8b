/** DPoP keys over a redirect: in IndexedDB, not extractable, taken once (DPOP-10, DPOP-11). */
import { isObject } from '../oauth/check.ts'
import type { DpopKey } from '../oauth/dpop.ts'
import { transactionLife } from './transaction.ts'

/** False when the browser refuses to keep a key. @param now wall clock, milliseconds */
export const keepKey = (key: DpopKey, now: number): Promise<boolean> =>
  withKeys(keys => {
    dropAbandoned(keys, now)
    return keys.put({ ...key, keptAt: now }, key.thumbprint)
  }).then(
    () => true,
    () => false,
  )

/** What nobody came back for, like the transactions it belongs to. */
function dropAbandoned(keys: IDBObjectStore, now: number): void {
  const walk = keys.openCursor()
  walk.onsuccess = () => {
    const cursor = walk.result
    if (!cursor) return
    const kept: unknown = cursor.value
    if (!isObject(kept) || !(Number(kept['keptAt']) > now - 2 * transactionLife)) cursor.delete()
    cursor.continue()
  }
}

/** @throws DOMException when the browser refuses */
export async function takeKey(thumbprint: string): Promise<DpopKey | null> {
  const found = await withKeys<unknown>(keys => {
    const asked = keys.get(thumbprint)
    keys.delete(thumbprint)
    return asked
  })
  if (!isObject(found) || !(found['privateKey'] instanceof CryptoKey) || !isObject(found['publicJwk']))
    return null
  const publicJwk = Object.fromEntries(
    Object.entries(found['publicJwk']).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  return { privateKey: found['privateKey'], publicJwk, thumbprint }
}

/** Settles with the transaction: what is still under way when the page goes is undone. */
function withKeys<T>(ask: (keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('pkce-lens', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('dpop-keys')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      try {
        const transaction = database.transaction('dpop-keys', 'readwrite')
        const request = ask(transaction.objectStore('dpop-keys'))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = () => reject(transaction.error)
      } catch (error) {
        reject(error)
      }
      // Waits for the transaction by itself.
      database.close()
    }
  })
}
