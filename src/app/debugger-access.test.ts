import { expect, it, onTestFinished, vi } from 'vitest'
import { pausable } from './debugger-access.ts'

const message = {
  type: 'navigation',
  purpose: 'authorization',
  method: 'GET',
  url: 'https://id.example/authorize',
  body: null,
} as const

it('a debugger whose code does not come holds nothing, and the next press asks for it again', async () => {
  vi.doMock('../pause/debugger.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  onTestFinished(() => vi.doUnmock('../pause/debugger.ts'))
  const ports = pausable(() => {})
  const loading = ports.load()
  const held = ports.hold(message, { id: 'f', type: 'sign_in' })
  await expect(loading).rejects.toThrow()
  expect([await held, ports.get()]).toEqual([message, null])
  vi.doUnmock('../pause/debugger.ts')
  expect(await ports.load()).toBe(ports.get())
})

it('what was set before the redirect holds again, and nothing is loaded where nothing was set', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const before = pausable(() => {})
  expect(before.get()).toBeNull()
  expect(await before.hold(message, { id: 'f', type: 'sign_in' })).toEqual(message)
  expect(before.get()).toBeNull()
  ;(await before.load()).pauseEach(true)
  const after = pausable(() => {})
  void after.hold(message, { id: 'f', type: 'sign_in' })
  await vi.waitFor(() => expect(after.get()?.getState().held?.message).toEqual(message))
})
