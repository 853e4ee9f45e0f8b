import { expect, it } from 'vitest'
import { comeBack, createWorld, leave, signedIn, signInByPopup } from './signed-in.test-data.ts'

const scopes = (url: string) => new URL(url).searchParams.get('scope')?.split(' ')
const granted = ['openid', 'profile', 'email', 'orders']

it.each([
  ['more scope', { moreScope: 'invoices' }, [...granted, 'invoices']],
  ['a higher level', { acrValues: 'gold' }, granted],
])('a step-up after a step-up asks for what was granted too: %s', async (_, wish, asked) => {
  const world = await createWorld()
  const page = await signedIn(world)
  await signInByPopup(world, page, 'alice', { moreScope: 'orders' })
  world.provider.behaviour.claims = { acr: 'gold' }
  await signInByPopup(world, page, 'alice', wish)
  expect(scopes(page.tab.popups.at(-1)?.url ?? '')).toEqual(asked)
  expect(scopes(await leave(page, wish))).toEqual(asked)
})

it('a sign-in that asks for nothing more asks for what is configured', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  await signInByPopup(world, page, 'alice', { moreScope: 'orders' })
  expect(scopes(await leave(page))).toEqual(['openid', 'profile', 'email'])
})

it('REV-01: a sign-out hands back what a step-up took the place of, after a renewal as well', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  await signInByPopup(world, page, 'alice', { moreScope: 'orders' })
  const tokens = page.tab.told('token_response').map(({ response }) => JSON.parse(response.body))
  await page.client.renew()
  const refreshed = JSON.parse(page.tab.told('refresh_response')[0]?.response.body ?? '')
  await page.client.signOut()
  const revoked = world.provider.asked
    .filter(({ path }) => path === 'revoke')
    .map(({ request }) => new URLSearchParams(request.body ?? '').get('token'))
  expect(new Set(revoked)).toEqual(
    new Set([tokens[0], refreshed].flatMap(each => [each.refresh_token, each.access_token])),
  )
})

it('nothing of it is handed back twice by the next sign-in of the same page', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  const { page: back } = await comeBack(world, page, world.provider.authorize(await leave(page)))
  await back.client.signOut()
  expect(world.provider.count('revoke')).toBe(2)
})
