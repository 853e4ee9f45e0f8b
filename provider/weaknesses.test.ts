import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from './demo.ts'
import { call, freshTokens, startTestDemo } from './test-client.ts'
import { apiScenarios } from './weak/api.scenarios.ts'
import { authorizeScenarios } from './weak/authorize.scenarios.ts'
import { documentScenarios } from './weak/documents.scenarios.ts'
import type { Scenario } from './weak/scenario.ts'
import { tokenScenarios } from './weak/token.scenarios.ts'
import { parseWeaknessIds, Weaknesses, type WeaknessId, weaknessList } from './weaknesses.ts'

/** An expired token needs a token that is old: it has a demo of its own, below. */
type TimedWeakness = 'api_accepts_expired'

// The type makes sure that no weakness is without its attack.
const scenarios: Record<Exclude<WeaknessId, TimedWeakness>, Scenario> = {
  ...authorizeScenarios,
  ...tokenScenarios,
  ...documentScenarios,
  ...apiScenarios,
}

describe('each weakness', () => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startTestDemo()
  })
  afterAll(() => demo.close())

  for (const { id, sentence } of weaknessList) {
    if (id === 'api_accepts_expired') continue
    it(`${id}: the attack works when it is on, and only then`, async () => {
      demo.weaknesses.set([])
      expect(await scenarios[id](demo), 'off').toBe(false)
      demo.weaknesses.set([id])
      expect(await scenarios[id](demo), sentence).toBe(true)
    })
  }

  it('sessions and tokens survive a switch', async () => {
    demo.weaknesses.set([])
    const { access } = await freshTokens(demo, { scope: 'openid' })
    demo.weaknesses.set(['no_rotation'])
    expect((await call(`${demo.issuer}/userinfo`, demo, `Bearer ${access}`)).status).toBe(200)
  })
})

describe('the list', () => {
  it('has every name once, and only rows that exist', () => {
    expect(new Set(weaknessList.map(each => each.id)).size).toBe(weaknessList.length)
    for (const row of weaknessList.flatMap(each => each.checks)) {
      expect(row).toBeGreaterThan(0)
      expect(row).toBeLessThan(47)
    }
  })
  it('is on the page about the demo provider, word for word', async () => {
    const page = await readFile(new URL('../docs/demo-provider.md', import.meta.url), 'utf8')
    for (const { id, sentence } of weaknessList) expect(page).toContain(`| \`${id}\` | ${sentence} |`)
  })
  it('is read from text, and an unknown name is refused with the known ones', () => {
    expect(parseWeaknessIds(' no_iss, plain_allowed,')).toEqual(['no_iss', 'plain_allowed'])
    expect(() => parseWeaknessIds('no_iss,nonsense')).toThrow(/nonsense.*Known: .*no_rotation/)
  })
  it('tells listeners about a switch', () => {
    const weaknesses = new Weaknesses(['no_iss'])
    let told = 0
    weaknesses.onChange(() => {
      told += 1
    })
    weaknesses.set(['plain_allowed'])
    expect([told, weaknesses.on, weaknesses.has('no_iss')]).toEqual([1, ['plain_allowed'], false])
  })
})
