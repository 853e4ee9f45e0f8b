import { describe, expect, it } from 'vitest'
import { issuer, serverMetadata } from '../oauth/client.test-data.ts'
import { json } from './fake-provider.test-data.ts'
import { createServerKnowledge } from './server.ts'
import { createWorld, type World } from './signed-in.test-data.ts'
import { createWire, newFlow } from './wire.ts'

const flow = newFlow('prepare')
function load({ browser, provider }: World, earlier?: ReturnType<typeof browser.openTab>) {
  const tab = browser.openTab(provider.serve, earlier)
  return { tab, servers: createServerKnowledge(tab.ports, createWire(tab.ports)) }
}

describe('what is known about the provider', () => {
  it('is asked once, by several at once', async () => {
    const world = await createWorld()
    const { servers } = load(world)
    const found = await Promise.all([servers.get(issuer, flow), servers.get(issuer, flow)])
    expect(found[0]).toBe(found[1])
    await servers.get(issuer, flow)
    expect(world.provider.asked.map(each => each.path)).toEqual(['discovery', 'jwks'])
    expect([found[0]?.metadata.issuer, found[0]?.keys.map(each => each.kid)]).toEqual([issuer, ['k1']])
  })

  it('stays for a reload within ten minutes, and no longer', async () => {
    const world = await createWorld()
    const first = load(world)
    const asked = await first.servers.get(issuer, flow)
    expect([...first.tab.session.keys()]).toEqual([`pkce-lens.server.${issuer}`])
    world.browser.sleep(600_000)
    expect(await load(world, first.tab).servers.get(issuer, flow)).toEqual(asked)
    expect(world.provider.count('discovery')).toBe(1)
    world.browser.sleep(1)
    await load(world, first.tab).servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(2)
  })

  it('is asked again by a page that is open for longer', async () => {
    const world = await createWorld()
    const { servers } = load(world)
    await servers.get(issuer, flow)
    world.browser.sleep(600_001)
    await servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(2)
  })

  it('a failure is forgotten', async () => {
    const world = await createWorld()
    const { servers } = load(world)
    world.provider.once('discovery', () => json({}, 500))
    await expect(servers.get(issuer, flow)).rejects.toMatchObject({ code: 'discovery_http_error' })
    expect((await servers.get(issuer, flow)).metadata.issuer).toBe(issuer)
  })

  it('found by a reload it is as old as it was', async () => {
    const world = await createWorld()
    const first = load(world)
    await first.servers.get(issuer, flow)
    world.browser.sleep(599_000)
    const { servers } = load(world, first.tab)
    await servers.get(issuer, flow)
    world.browser.sleep(1_001)
    await servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(2)
  })

  it('is known without any storage', async () => {
    const world = await createWorld()
    const { servers, tab } = load(world)
    tab.conditions.storageFull = true
    await servers.get(issuer, flow)
    world.browser.sleep(599_999)
    await servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(1)
    world.browser.sleep(1)
    await servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(2)
  })

  it.each([
    'x',
    '{}',
    '{"at":"now"}',
    '{"at":1800000000000,"metadata":{}}',
    JSON.stringify({ at: 1_800_000_000_000, metadata: serverMetadata() }),
    JSON.stringify({ at: 1_800_000_000_000, metadata: serverMetadata(), keys: 'x' }),
    JSON.stringify({ at: 'now', metadata: serverMetadata(), keys: [] }),
  ])('kept as %s it is asked anew', async text => {
    const world = await createWorld()
    const { servers, tab } = load(world)
    tab.session.set(`pkce-lens.server.${issuer}`, text)
    await servers.get(issuer, flow)
    expect(world.provider.count('discovery')).toBe(1)
  })

  it('META-04: what was kept for another issuer is not used', async () => {
    const world = await createWorld()
    const first = load(world)
    await first.servers.get(issuer, flow)
    const kept = first.tab.session.get(`pkce-lens.server.${issuer}`) ?? ''
    first.tab.session.set('pkce-lens.server.https://other.example', kept)
    const other = load(world, first.tab).servers.get('https://other.example', flow)
    await expect(other).rejects.toMatchObject({ code: 'discovery_issuer_mismatch' })
  })

  it('META-13: fresh keys are asked past the cache', async () => {
    const world = await createWorld()
    const { servers } = load(world)
    const { metadata } = await servers.get(issuer, flow)
    await servers.fetchKeys(metadata, flow, 'reload')
    expect(world.provider.asked.at(-1)).toMatchObject({ path: 'jwks', cache: 'reload' })
  })
})
