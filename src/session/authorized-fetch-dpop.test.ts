import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { json } from './fake-provider.test-data.ts'
import { createWorld, signedIn } from './signed-in.test-data.ts'

const api = 'https://api.example/orders'
const refusal = (status: number, challenge: string) => () =>
  json({}, status, { 'www-authenticate': challenge })

async function atTheApi(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  const page = await signedIn(world, { profile_url: 'https://api.example/me', ...config })
  return { world, page, before: world.provider.count('api') }
}

describe('DPoP at the API', () => {
  const proofOf = (headers: Readonly<Record<string, string>> = {}) => decodeJwt(headers['dpop'] ?? '')
  const nonceOf = (headers?: Readonly<Record<string, string>>) => proofOf(headers)['nonce']

  it.each(['post', 'patch'])('DPOP-02: the proof names the method as it is sent (%s)', async method => {
    const { world, page } = await atTheApi({ dpop: true })
    await page.client.fetch(api, { method, body: 'a' })
    const { headers } = world.provider.asked.at(-1)?.request ?? {}
    // fetch writes the methods it knows in capitals, and no other.
    expect(proofOf(headers)['htm']).toBe(new Request(api, { method, body: 'a' }).method)
  })

  it('DPOP-07: a nonce that is wanted is sent once more with it; the token is not renewed for it', async () => {
    const { world, page, before } = await atTheApi({ dpop: true })
    world.provider.behaviour.nonces = { api: 'n1' }
    expect((await page.client.fetch(api)).status).toBe(200)
    expect([world.provider.count('api') - before, world.provider.count('refresh')]).toEqual([2, 0])
    expect(nonceOf(world.provider.asked.at(-1)?.request.headers)).toBe('n1')
  })

  it('DPOP-07: and not a third time', async () => {
    const { world, page, before } = await atTheApi({ dpop: true })
    world.provider.always('api', () =>
      json({}, 401, { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'again' }),
    )
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'dpop_nonce_retry_exhausted' })
    // A new token would not help, so none is asked for.
    expect([world.provider.count('api') - before, world.provider.count('refresh')]).toEqual([2, 0])
  })

  it.each([
    [true, 'DPoP error="invalid_token"'],
    [false, 'DPoP error="use_dpop_nonce"'],
  ])('BEAR-04: with dpop %j a 401 %s is answered by a new token', async (dpop, challenge) => {
    const { world, page } = await atTheApi({ dpop })
    world.provider.once('api', refusal(401, challenge))
    expect((await page.client.fetch(api)).status).toBe(200)
    expect(world.provider.count('refresh')).toBe(1)
  })

  it('DPOP-07: after a renewal the API may want its own nonce again', async () => {
    const world = await createWorld()
    world.provider.behaviour.nonces = {
      token: 'of the server',
      refresh: 'of the server',
      userinfo: 'of the API',
    }
    const page = await signedIn(world, { dpop: true })
    let isOver = true
    world.provider.always('userinfo', async request => {
      const answer = await world.provider.answer(request)
      if (answer.status !== 200 || !isOver) return answer
      isOver = false
      return json({}, 401, { 'www-authenticate': 'DPoP error="invalid_token"' })
    })
    await page.client.renew()
    expect((await page.client.fetch(`${issuer}/userinfo`)).status).toBe(200)
  })

  it('DPOP-09: a nonce that CORS hides is named, not taken for a token that is over', async () => {
    const { world, page, before } = await atTheApi({ dpop: true })
    world.provider.always('api', () => json({ error: 'use_dpop_nonce' }, 401))
    await expect(page.client.fetch(api)).rejects.toMatchObject({
      details: { code: 'dpop_nonce_missing', httpStatus: 401, endpoint: api },
    })
    expect([world.provider.count('api') - before, world.provider.count('refresh')]).toEqual([1, 0])
  })
})
