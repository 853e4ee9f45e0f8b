/**
 * Known texts, found again inside other texts in one pass, however many are known and however they are spelt: as
 * they are, in an address, in an address inside an address, in a form, in JSON. The last four signs that were read
 * tell whether a known text may end here.
 */
export interface Place {
  readonly start: number
  readonly end: number
  /** The known text; null for the beginning of one that was cut off at the end. */
  readonly text: string | null
}

export interface TextIndex {
  /** @param text of four signs or more */
  add(text: string): void
  remove(text: string): void
  /** In the order in which they end, overlaps included; null for a text that is made to waste time. */
  find(text: string): readonly Place[] | null
}

const mayEnd = 1
const mayBegin = 2
/** Signs that are enough to know a text by its beginning. */
const beginning = 16
/** An excerpt in an error is cut here (`excerpt` in `oauth/check.ts`), in the middle of a secret perhaps. */
const longestExcerpt = 300

const slotOf = (key: number) => Math.imul(key, 0x9e3779b1) >>> 16

/** Four signs in one number. */
function keyAt(text: string, at: number): number {
  let key = 0
  for (let i = at; i < at + 4; i++) key = (key << 8) | (text.charCodeAt(i) & 255)
  return key
}

const headAt = (text: string, at: number) => Math.imul(keyAt(text, at), 31) ^ keyAt(text, at + beginning - 4)

/** Every way in which `text` may stand in an address, a form or JSON; itself first. */
function spellings(text: string): ReadonlySet<string> {
  if (/^[\w.-]*$/.test(text)) return new Set([text])
  const json = JSON.stringify(text).slice(1, -1)
  const form = new URLSearchParams({ text }).toString().slice('text='.length)
  const address = percent(text)
  const small = (spelling: string) => spelling.replace(/%../g, sign => sign.toLowerCase())
  const forms = [address, small(address), percent(address), form, small(form)]
  return new Set([text, json, json.replaceAll('/', '\\/'), ...forms])
}

/** Half a sign has no spelling in an address. */
function percent(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return text
  }
}

export function createTextIndex(): TextIndex {
  /** From the spelling to the known text. */
  const spelt = new Map<string, string>()
  const marks = new Uint8Array(1 << 16)
  /** Lengths of what ends with these signs. Like the heads they may be out of date: it costs a look, no more. */
  const tails = new Map<number, Set<number>>()
  const heads = new Set<number>()
  let sorted: readonly string[] | null = null
  let removed = 0

  const mark = (key: number, bit: number) => {
    marks[slotOf(key)] = (marks[slotOf(key)] ?? 0) | bit
  }

  function enter(spelling: string): void {
    const tail = keyAt(spelling, spelling.length - 4)
    mark(tail, mayEnd)
    const lengths = tails.get(tail)
    if (lengths === undefined) tails.set(tail, new Set([spelling.length]))
    else lengths.add(spelling.length)
    if (spelling.length <= beginning) return
    mark(keyAt(spelling, 0), mayBegin)
    heads.add(headAt(spelling, 0))
  }

  function tidy(): void {
    if (++removed <= spelt.size + 100) return
    removed = 0
    marks.fill(0)
    tails.clear()
    heads.clear()
    for (const spelling of spelt.keys()) enter(spelling)
  }

  /** Whether something longer that is known begins like this. */
  function isCutOff(rest: string): boolean {
    sorted ??= [...spelt.keys()].sort()
    let low = 0
    for (let high = sorted.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? '') < rest) low = middle + 1
      else high = middle
    }
    const next = sorted[low] ?? ''
    return next.length > rest.length && next.startsWith(rest)
  }

  function find(text: string): readonly Place[] | null {
    const places: Place[] = []
    if (spelt.size === 0) return places
    let room = 64 * text.length + 100_000
    let key = 0
    for (let i = 0; i < text.length; i++) {
      key = (key << 8) | (text.charCodeAt(i) & 255)
      const bits = marks[slotOf(key)] ?? 0
      if (bits === 0) continue
      const lengths = bits & mayEnd ? tails.get(key) : undefined
      for (const length of lengths ?? []) {
        if (length > i + 1) continue
        room -= length
        const known = spelt.get(text.slice(i + 1 - length, i + 1))
        if (known !== undefined) places.push({ start: i + 1 - length, end: i + 1, text: known })
      }
      if (room < 0) return null
      const start = i - 3
      if (!(bits & mayBegin) || start < text.length - longestExcerpt || start > text.length - beginning)
        continue
      if (heads.has(headAt(text, start)) && isCutOff(text.slice(start)))
        places.push({ start, end: text.length, text: null })
    }
    return places
  }

  return {
    add: text => {
      for (const spelling of spellings(text)) {
        if (spelt.has(spelling) && spelling !== text) continue
        spelt.set(spelling, text)
        enter(spelling)
      }
      sorted = null
    },
    remove: text => {
      for (const spelling of spellings(text)) if (spelt.get(spelling) === text) spelt.delete(spelling)
      sorted = null
      tidy()
    },
    find,
  }
}
