/**
 * Reads what comes from outside (a stored copy, a file) field by field. A guard answers true or throws
 * `Unreadable` with the path of the field; unknown fields are refused, so that nothing slips through unseen.
 */
export type Guard<T> = (value: unknown, at: string) => value is T

/** The first field that is not what it should be. */
export class Unreadable extends Error {
  readonly field: string
  readonly expected: string
  constructor(field: string, expected: string) {
    super(`${field}: ${expected}`)
    this.field = field
    this.expected = expected
  }
}

function refuse(at: string, expected: string): never {
  throw new Unreadable(at, expected)
}

/** Returns `value` as `T`, or throws `Unreadable`. */
export function parse<T>(guard: Guard<T>, value: unknown, at: string): T {
  return guard(value, at) ? value : refuse(at, 'readable')
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const text: Guard<string> = (value, at): value is string =>
  typeof value === 'string' || refuse(at, 'a text')

export const number: Guard<number> = (value, at): value is number =>
  (typeof value === 'number' && Number.isFinite(value)) || refuse(at, 'a number')

/** Milliseconds, as far as a `Date` counts (ECMA-262 §21.4.1.1): beyond, one more millisecond may be no step at all. */
export const time: Guard<number> = (value, at): value is number =>
  (number(value, at) && Math.abs(value) <= 8.64e15) || refuse(at, 'a time')

export const count: Guard<number> = (value, at): value is number =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) || refuse(at, 'a whole number')

export const flag: Guard<boolean> = (value, at): value is boolean =>
  typeof value === 'boolean' || refuse(at, 'true or false')

export const nullable =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value, at): value is T | null =>
    value === null || guard(value, at)

export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value, at): value is T | undefined =>
    value === undefined || guard(value, at)

export const list =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value, at): value is readonly T[] =>
    Array.isArray(value) ? value.every((item, i) => guard(item, `${at}[${i}]`)) : refuse(at, 'a list')

export const word =
  <const T extends string | number>(...words: readonly T[]): Guard<T> =>
  (value, at): value is T =>
    words.some(known => known === value) || refuse(at, `one of ${words.join(', ')}`)

/** Every word of a type; one that is added there does not compile until it stands here. */
export const wordOf =
  <T extends string>(words: Readonly<Record<T, true>>): Guard<T> =>
  (value, at): value is T =>
    (typeof value === 'string' && Object.hasOwn(words, value)) ||
    refuse(at, `one of ${Object.keys(words).join(', ')}`)

export const texts: Guard<Readonly<Record<string, string>>> = (
  value,
  at,
): value is Readonly<Record<string, string>> =>
  isRecord(value)
    ? Object.keys(value).every(key => text(value[key], `${at}.${key}`))
    : refuse(at, 'an object of texts')

/** An object with exactly these fields; fields that may be absent have an `optional` guard. */
export const record =
  <T>(shape: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> =>
  (value, at): value is T => {
    if (!isRecord(value)) return refuse(at, 'an object')
    for (const key in value) if (!Object.hasOwn(shape, key)) refuse(`${at}.${key}`, 'a known field')
    for (const key in shape) shape[key](value[key], `${at}.${key}`)
    return true
  }
