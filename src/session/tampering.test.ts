import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../oauth/step.ts'
import { changedNames } from './tampering.ts'

describe('the names of what was changed', () => {
  const before: HttpRequest = {
    method: 'POST',
    url: 'https://a.example/x?q=1',
    headers: { h: '1' },
    body: 'b=1',
  }
  it.each<[Partial<HttpRequest>, string[]]>([
    [{}, []],
    [{ url: 'https://a.example/x?q=2' }, ['q']],
    [{ url: 'https://a.example/x' }, ['q']],
    [{ url: 'https://a.example/y?q=1' }, ['url']],
    [{ method: 'GET' }, ['method']],
    [{ headers: {} }, ['h']],
    [{ headers: { h: '1', i: '2' } }, ['i']],
    [{ body: null }, ['b']],
    [{ body: 'b=1&b=2' }, ['b']],
    [{ body: 'b=1&b=1' }, ['b']],
  ])('%j: %j', (change, names) => {
    expect(changedNames(before, { ...before, ...change })).toEqual(names)
  })

  it('the first of two values counts as well', () => {
    const twice = { ...before, body: 'b=1&b=2' }
    expect(changedNames(twice, { ...twice, body: 'b=3&b=2' })).toEqual(['b'])
  })
})
