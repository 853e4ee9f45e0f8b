import { describe, expect, it } from 'vitest'
import { weaknessList } from '../../provider/weaknesses.ts'
import { documents } from '../explain/documents.ts'
import { groups } from '../lab/experiment.ts'
import { experiments } from './list.ts'

const texts = experiments.flatMap(each => [
  each.title,
  each.sentence,
  each.defence,
  each.check,
  each.without,
  each.incident?.text ?? '',
])

describe('the list of experiments', () => {
  it('has at least 24, each with a name of its own', () => {
    const ids = experiments.map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(24)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
  })

  it('cites a clause for every defence, in a document that the lens knows', () => {
    for (const { id, clauses } of experiments) {
      expect(clauses.length, id).toBeGreaterThan(0)
      for (const { document, section } of clauses) {
        expect(Object.hasOwn(documents, document), document).toBe(true)
        expect(section).toMatch(/^\d+(\.\d+)*$/)
      }
    }
  })

  it('names only faults that the demo provider has, one for every defence of a server or the browser', () => {
    const known: readonly string[] = weaknessList.map(({ id }) => id)
    for (const { id, defender, off, switches } of experiments) {
      for (const fault of [off ?? [], switches ?? []].flat()) expect(known).toContain(fault)
      expect(off !== undefined, id).toBe(defender !== 'app')
    }
  })

  it('has every group, in one piece', () => {
    const order = experiments.map(({ group }) => group).filter((group, i, all) => group !== all[i - 1])
    expect(order).toEqual(Object.keys(groups))
  })

  it('puts what ends the tokens of the person last', () => {
    const first = experiments.findIndex(({ destructive }) => destructive)
    expect(experiments.slice(first).every(({ destructive }) => destructive)).toBe(true)
  })

  it('is written in calm, plain words', () => {
    expect(texts.filter(text => /[!—–]/.test(text))).toEqual([])
    expect(experiments.filter(({ check }) => check.length > 20).map(({ id }) => id)).toEqual([])
  })
})
