import { describe, expect, test } from 'vitest'
import { openTab } from './tab.ts'

function memory(content = new Map<string, string>()) {
  return {
    content,
    get: (key: string) => content.get(key) ?? null,
    set: (key: string, value: string) => content.set(key, value).size > 0,
    remove: (key: string) => {
      content.delete(key)
    },
  }
}

describe('which tab this is', () => {
  test('the next page of the same tab goes on with its identifier', () => {
    const storage = memory()
    const first = openTab(storage, false)
    first.release()
    expect(openTab(storage, false).id).toBe(first.id)
  })

  test('WEB-14: a duplicated tab, or a window with an opener, gets an identifier of its own', () => {
    const storage = memory()
    const first = openTab(storage, false)
    const copied = memory(new Map(storage.content))
    const second = openTab(copied, false)
    expect(second.id).not.toBe(first.id)
    second.release()
    first.release()
    expect(openTab(copied, false).id).toBe(second.id)
    expect(openTab(storage, false).id).toBe(first.id)
  })

  test('a page from the back/forward cache takes its mark back', () => {
    const storage = memory()
    const first = openTab(storage, false)
    first.release()
    first.claim()
    expect(openTab(memory(new Map(storage.content)), false).id).not.toBe(first.id)
  })

  test('a frame shares the storage of the tab around it and leaves no mark in it', () => {
    const storage = memory()
    const tab = openTab(storage, false)
    const before = new Map(storage.content)
    const frame = openTab(storage, true)
    frame.claim()
    frame.release()
    expect(frame.id).not.toBe(tab.id)
    expect(frame.storage.set('pkce-lens.trace', 'x')).toBe(false)
    expect(frame.storage.get('pkce-lens.tab')).toBeNull()
    expect(storage.content).toEqual(before)
  })

  test('a storage that refuses still gives an identifier', () => {
    const refuses = { get: () => null, set: () => false, remove: () => undefined }
    expect(openTab(refuses, false).id).toMatch(/^[0-9a-f]{16}$/)
  })
})
