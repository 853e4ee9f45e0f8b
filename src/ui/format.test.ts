import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  calendarDay,
  clockTime,
  duration,
  fileName,
  initial,
  relativeTime,
  shortSpan,
  spokenDuration,
  timeOfDay,
} from './format.ts'

const length = fc.integer({ min: 0, max: 100 * 86_400_000 })

describe('clockTime', () => {
  test.each([
    [216_000, '3:36'],
    [216_999, '3:36'],
    [3_725_000, '1:02:05'],
    [999, '0:00'],
    [-5000, '0:00'],
  ])('%d ms is %s', (ms, text) => {
    expect(clockTime(ms)).toBe(text)
  })

  test('reads back as the same number of whole seconds', () => {
    fc.assert(
      fc.property(length, ms => {
        const seconds = clockTime(ms)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0)
        expect(seconds).toBe(Math.floor(ms / 1000))
      }),
    )
  })
})

describe('duration', () => {
  test.each([
    [0, '0 ms'],
    [0.04, '<0.1 ms'],
    [0.42, '0.4 ms'],
    [9.97, '10 ms'],
    [42.3, '42 ms'],
    [999.6, '1.00 s'],
    [2780, '2.78 s'],
    [31_440, '31.4 s'],
    [59_970, '1:00'],
    [65_000, '1:05'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })

  test('never goes down when time goes up, and never strays more than half of its last digit', () => {
    const read = (text: string) => {
      if (text.startsWith('<')) return 0.05
      if (text.endsWith(' ms')) return Number(text.slice(0, -3))
      if (text.endsWith(' s')) return Number(text.slice(0, -2)) * 1000
      return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
    }
    const some = fc.double({ min: 0, max: 7_200_000, noNaN: true })
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(read(duration(low))).toBeLessThanOrEqual(read(duration(high)))
        expect(Math.abs(read(duration(a)) - a)).toBeLessThanOrEqual(
          Math.max(0.06, a * 0.055, a >= 59_950 ? 500 : 0),
        )
      }),
    )
  })
})

describe('spokenDuration', () => {
  test.each([
    [216_000, '3 minutes 36 seconds'],
    [61_000, '1 minute 1 second'],
    [3_600_000, '1 hour'],
    [3_605_000, '1 hour'],
    [90_000_000, '1 day 1 hour'],
    [0, '0 seconds'],
  ])('%d ms is %s', (ms, text) => {
    expect(spokenDuration(ms)).toBe(text)
  })

  test('says at most two units, each at least one, the larger first', () => {
    const size: Record<string, number> = { day: 86_400, hour: 3600, minute: 60, second: 1 }
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100 * 86_400_000 }), ms => {
        const parts = [...spokenDuration(ms).matchAll(/(\d+) (day|hour|minute|second)s?/g)].map(
          ([, n, unit]) => [Number(n), size[unit ?? ''] ?? 0] as const,
        )
        expect(parts.length).toBeGreaterThan(0)
        expect(parts.length).toBeLessThanOrEqual(2)
        const told = parts.reduce((sum, [n, unit]) => sum + n * unit, 0)
        const first = parts[0]?.[1] ?? 0
        const finest = first === 86_400 ? 3600 : first === 3600 ? 60 : 1
        expect(told).toBe(Math.floor(ms / 1000 / finest) * finest)
      }),
    )
  })
})

describe('relativeTime and shortSpan', () => {
  test.each([
    [1000, 341_000, '5 min 40 s ago'],
    [217_000, 1000, 'in 3 min 36 s'],
    [1999, 1000, 'now'],
    [0, 3 * 86_400_000, '3 days ago'],
    [7_500_000, 0, 'in 2 h 5 min'],
  ])('%d seen from %d is %s', (at, now, text) => {
    expect(relativeTime(at, now)).toBe(text)
  })

  test('past and future of the same distance use the same words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 10 * 86_400_000 }), away => {
        expect(relativeTime(away, 0)).toBe(`in ${shortSpan(away)}`)
        expect(relativeTime(0, away)).toBe(`${shortSpan(away)} ago`)
      }),
    )
  })
})

describe('times of the calendar', () => {
  const at = Date.UTC(2024, 10, 2, 9, 41, 10)

  test('shows the clock of a place', () => {
    expect(timeOfDay(at, 'second', 'UTC')).toBe('09:41:10')
    expect(timeOfDay(at, 'minute', 'UTC')).toBe('09:41')
    expect(timeOfDay(Date.UTC(2024, 0, 1, 0, 5, 0), 'second', 'UTC')).toBe('00:05:00')
  })

  test('shows a day in words', () => {
    expect(calendarDay(at, 'UTC')).toBe('2 November 2024')
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])(
    '%d from outside is not a time, and does not throw',
    wrong => {
      expect(timeOfDay(wrong)).toBe('unknown time')
      expect(calendarDay(wrong)).toBe('unknown time')
    },
  )
})

describe('fileName', () => {
  test('keeps what a person recognises', () => {
    expect(fileName('PKCE Lens: trace 09:41')).toBe('pkce-lens-trace-09-41')
    expect(fileName('Zoë Müller')).toBe('zoe-muller')
    expect(fileName('../../etc/passwd')).toBe('etc-passwd')
    expect(fileName('محمد')).toBe('untitled')
  })

  test('is safe for any text, and stays the same when applied twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        const name = fileName(text)
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(name.length).toBeLessThanOrEqual(60)
        expect(fileName(name)).toBe(name)
      }),
    )
  })
})

describe('initial', () => {
  test.each([
    ['Maya Okafor', 'M'],
    ['maya', 'M'],
    ['  élodie', 'É'],
    ['e\u0301lodie', 'E\u0301'],
    ['محمد', 'م'],
    ['נועה', 'נ'],
    ['王小明', '王'],
    ['नेहा', 'ने'],
    ['김민준', '김'],
    ['\u202Eمحمد', 'م'],
    ['"Maya"', 'M'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧'],
    ['', '?'],
    ['  ...', '?'],
  ])('of %j is %j', (name, letter) => {
    expect(initial(name)).toBe(letter)
  })

  test('is one whole grapheme for any name', () => {
    const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), name => {
        const first = initial(name)
        const inName = [...segments.segment(name.trim())].map(part => part.segment.toLocaleUpperCase())
        expect(first === '?' || inName.includes(first)).toBe(true)
      }),
    )
  })
})
