import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextIndex } from './text-index.ts'

const knowing = (...texts: string[]) => {
  const index = createTextIndex()
  for (const text of texts) index.add(text)
  return index
}

test('every place is found, also those that overlap', () => {
  expect(knowing('abcd', 'cdef', 'abcdef').find('xabcdefabcd')).toEqual([
    { start: 1, end: 5, text: 'abcd' },
    { start: 3, end: 7, text: 'cdef' },
    { start: 1, end: 7, text: 'abcdef' },
    { start: 7, end: 11, text: 'abcd' },
  ])
})

test.each([
  'a b/c!d',
  'a%20b%2Fc!d',
  'a%20b%2fc!d',
  'a%2520b%252Fc!d',
  'a+b%2Fc%21d',
  'a+b%2fc%21d',
  'a b\\/c!d',
])('one text, spelt %s', spelling => {
  expect(knowing('a b/c!d').find(`see ${spelling}.`)).toEqual([
    { start: 4, end: 4 + spelling.length, text: 'a b/c!d' },
  ])
})

test('a beginning counts at the end of a text only, and from sixteen signs on', () => {
  const index = knowing('0123456789abcdefghij', '0123456789abcdef')
  const cut = (text: string) => index.find(text)?.filter(place => place.text === null)
  expect(cut('see 0123456789abcdefgh')).toEqual([{ start: 4, end: 22, text: null }])
  expect(cut('see 0123456789abcde')).toEqual([])
  expect(cut('see 0123456789abcdefgh.')).toEqual([])
  expect(cut('see 0123456789abcdefxx')).toEqual([])
})

test('what was removed is not found any more, and the rest is, however much was removed', () => {
  const index = knowing('this stays!')
  for (let i = 0; i < 1_000; i++) {
    index.add(`text ${i} that goes`)
    expect(index.find(`text ${i} that goes`)).toHaveLength(1)
    index.remove(`text ${i} that goes`)
    expect(index.find(`text ${i} that goes`)).toEqual([])
    expect(index.find('this stays!')).toHaveLength(1)
  }
  index.remove('this stays!')
  expect(index.find('this stays!')).toEqual([])
})

test('it finds what a plain search finds', { timeout: 120_000 }, () => {
  const word = fc.stringMatching(/^[ab]{4,8}$/)
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 6 }), fc.stringMatching(/^[ab]{0,60}$/), (words, text) => {
      const expected = words.flatMap(word =>
        Array.from(text, (_, start) => ({ start, end: start + word.length, text: word })).filter(
          ({ start }) => text.startsWith(word, start),
        ),
      )
      const order = (places: readonly { start: number; end: number }[]) =>
        places.map(({ start, end }) => `${start} ${end}`).sort()
      expect(order(knowing(...words).find(text) ?? [])).toEqual(order(expected))
    }),
    { numRuns: 500 },
  )
})

test('a text that is made to waste time is given up, and comes to an end', () => {
  const same = 'a'.repeat(1 << 19)
  const made = Array.from({ length: 500 }, (_, i) => `b${'a'.repeat(1_000 + i)}`)
  expect(knowing(...made).find(same)).toBeNull()
  expect(knowing(`${same}b${same}`).find(`${same}${same}a${same}`)).toBeNull()
})
