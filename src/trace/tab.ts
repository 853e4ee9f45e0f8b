/**
 * Which tab this is. The browser copies session storage into a duplicated tab and into a window that was opened
 * by a page; a mark that says "in use" tells the copy from the tab that merely reloads.
 */
import type { TraceStorage } from './trace-storage.ts'

export interface Tab {
  readonly id: string
  /** Where this tab may keep its trace: nowhere inside a frame, whose storage is that of the tab around it. */
  readonly storage: TraceStorage
  /** Call on `pagehide`, and before leaving for the provider: the next page of this tab goes on with the same id. */
  release(): void
  /** Call on `pageshow` when the page comes back from the back/forward cache. */
  claim(): void
}

const tabKey = 'pkce-lens.tab'
const nowhere: TraceStorage = { get: () => null, set: () => false, remove: () => undefined }

/**
 * @param framed true in a frame (`window.top !== window`): it gets an id of its own and leaves no mark
 */
export function openTab(storage: TraceStorage, framed: boolean): Tab {
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(8)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  if (framed) return { id: fresh, storage: nowhere, release: () => undefined, claim: () => undefined }
  const [, free] = /^free:([0-9a-f]{16})$/.exec(storage.get(tabKey) ?? '') ?? []
  const id = free ?? fresh
  const mark = (word: 'free' | 'used') => {
    storage.set(tabKey, `${word}:${id}`)
  }
  mark('used')
  return { id, storage, release: () => mark('free'), claim: () => mark('used') }
}
