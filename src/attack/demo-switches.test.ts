import { describe, expect, it } from 'vitest'
import { isObject } from '../oauth/check.ts'
import type { HttpRequest } from '../oauth/step.ts'
import { findDemoSwitches } from './demo-switches.ts'
import { memoryStore } from './lab-ports.ts'

const names = ['no_iss', 'plain_allowed', 'no_rotation']

/** A switchboard in memory that notes what it was told. */
function switchboard(first: readonly string[] = []) {
  let on = [...first]
  const asked: string[] = []
  const localStorage = memoryStore()
  const fetch = async ({ method, url, body }: HttpRequest) => {
    asked.push(`${method} ${url}`)
    if (method === 'PUT') {
      const order: unknown = JSON.parse(body ?? '')
      const wanted = isObject(order) && Array.isArray(order['on']) ? order['on'] : []
      on = names.filter(id => wanted.includes(id))
    }
    return Response.json({ weaknesses: names.map(id => ({ id, on: on.includes(id) })) })
  }
  return { ports: { fetch, localStorage }, asked, on: () => on, localStorage }
}

describe('the switches of the demo provider', () => {
  it('are looked for on this machine only', async () => {
    const board = switchboard()
    expect(await findDemoSwitches('https://accounts.example', board.ports)).toBeNull()
    expect(board.asked).toEqual([])
    expect(await findDemoSwitches('http://localhost:9000', board.ports)).not.toBeNull()
  })

  it('are null for a local provider of another kind', async () => {
    const { localStorage } = switchboard()
    const fetch = async () => new Response('<html>', { status: 200 })
    expect(await findDemoSwitches('http://localhost:8080', { fetch, localStorage })).toBeNull()
  })

  it('add a fault for the length of a run and go back to what was on, whatever happens', async () => {
    const board = switchboard(['no_iss'])
    const switches = await findDemoSwitches('http://localhost:9000', board.ports)
    const run = switches?.during(['plain_allowed'], async () => {
      expect(board.on()).toEqual(['no_iss', 'plain_allowed'])
      throw new Error('the run broke')
    })
    await expect(run).rejects.toThrow('the run broke')
    expect(board.on()).toEqual(['no_iss'])
    expect(board.localStorage.keys()).toEqual([])
  })

  it('do not run at all when the fault could not be switched on', async () => {
    const board = switchboard()
    const switches = await findDemoSwitches('http://localhost:9000', board.ports)
    await expect(switches?.during(['unheard_of'], async () => 'ran')).rejects.toMatchObject({
      code: 'demo_switch_failed',
    })
    expect(board.on()).toEqual([])
  })

  it('are put back when a page went away in the middle of a run, once it is sure that no other is at it', async () => {
    const board = switchboard(['no_iss', 'plain_allowed'])
    board.localStorage.set('pkce-lens.lab.faults', '["no_iss"]')
    const switches = await findDemoSwitches('http://localhost:9000', board.ports)
    expect(board.on()).toEqual(['no_iss', 'plain_allowed'])
    await switches?.restore()
    expect(board.on()).toEqual(['no_iss'])
    expect(board.localStorage.keys()).toEqual([])
  })
})
