import { expect, it } from 'vitest'
import { createStore } from './store.ts'

const hour = 3600

it('a flood of requests that nobody finishes pushes out no session of a person', async () => {
  const store = createStore()
  const [sessions, interactions, pushed] = [
    store('Session'),
    store('Interaction'),
    store('PushedAuthorizationRequest'),
  ]
  const tokens = store('RefreshToken')
  await sessions.upsert('alice', { accountId: 'alice', uid: 'a' }, hour)
  await tokens.upsert('hers', { accountId: 'alice' }, hour)
  for (let i = 0; i < 5000; i += 1) {
    await sessions.upsert(`s${i}`, { uid: `s${i}` }, hour)
    await interactions.upsert(`i${i}`, {}, hour)
    await pushed.upsert(`p${i}`, {}, hour)
  }
  expect(await sessions.find('alice')).toMatchObject({ accountId: 'alice' })
  expect(await tokens.find('hers')).toBeTruthy()
  expect([await sessions.find('s0'), await interactions.find('i0'), await pushed.find('p0')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(await interactions.find('i4999')).toBeTruthy()
})

it('where everything is somebody’s, the oldest go first and the store stays bounded', async () => {
  const sessions = createStore()('Session')
  for (let i = 0; i < 5001; i += 1) await sessions.upsert(`s${i}`, { accountId: 'alice' }, hour)
  expect(await sessions.find('s0')).toBeUndefined()
  expect(await sessions.find('s1')).toBeTruthy()
  expect(await sessions.find('s5000')).toBeTruthy()
})

it('what is over goes before anything else', async () => {
  let now = 0
  const sessions = createStore(() => now)('Session')
  await sessions.upsert('kept', {}, hour)
  for (let i = 0; i < 4999; i += 1) await sessions.upsert(`s${i}`, { accountId: 'alice' }, 1)
  now = 120_000
  await sessions.upsert('new', { accountId: 'alice' }, hour)
  expect(await sessions.find('kept')).toBeTruthy()
  expect(await sessions.find('new')).toBeTruthy()
})
