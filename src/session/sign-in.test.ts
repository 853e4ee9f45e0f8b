import { expect, it } from 'vitest'
import { createWorld, signedIn } from './signed-in.test-data.ts'

it('works', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  expect(page.state()).toMatchObject({
    status: 'signed_in',
    profile: { status: 'ready', claims: { name: 'alice' } },
  })
  expect(world.provider.asked.map(each => each.path)).toEqual([
    'discovery',
    'jwks',
    'jwks',
    'token',
    'userinfo',
  ])
})
