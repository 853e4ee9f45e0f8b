/** What a trace has told, secret or personal, found again wherever else it stands. */
import type { Step, ValueName } from '../oauth/step.ts'
import { type Patch, patched } from './patches.ts'
import { namesIn } from './personal.ts'
import { type Change, isValueName, type Kind, walk } from './secret-places.ts'
import { createTextIndex, type Place } from './text-index.ts'

export interface Told {
  readonly kind: ValueName | 'personal' | 'party'
  readonly text: string
}

export interface KnownTexts {
  /** True when it was not known before. */
  add(told: Told): boolean
  /** True when it is no longer known: it was added only once more than removed. */
  remove(told: Told): boolean
  /** `text` with every known text replaced by what `change` says; `impersonal`: only the secret ones. */
  hide(text: string, change: Change, impersonal: boolean): string
}

/** Shorter secrets are hidden in their own places only. */
const shortestSecret = 8
/** Shorter names too, and what a check compares. */
const shortestName = 4
export const anyPlaceholder = /^redacted\.[a-z_]+\.\d+(\.[0-9a-f]{0,16})?$/
const placeholders = /redacted\.[a-z_]+\.\d+(?:\.[0-9a-f]{0,16})?/g
/** Of an address, also inside a parameter; who signs in at a host stays hidden. */
const origins = /https?(?::|%3A)(?:\/|%2F){2}(?:[\w.:-]|%3A)*(?![\w.:@-]|%3A|%40)/gi

/** Everything that `step` tells and that may stand elsewhere too. */
export function textsIn(step: Step): Told[] {
  const found: Told[] = []
  walk(step, (kind, text) => {
    if (text !== '' && (isValueName(kind) || kind === 'personal')) found.push({ kind, text })
    return text
  })
  const idTokens = found.flatMap(({ kind, text }) => (kind === 'id_token' ? [text] : []))
  for (const text of namesIn(step, idTokens)) found.push({ kind: 'personal', text })
  if (step.kind === 'flow_started')
    for (const text of [step.issuer, step.clientId, step.redirectUri, ...step.scope.split(' ')])
      found.push({ kind: 'party', text })
  return found
}

export function knownIn(steps: readonly Step[]): KnownTexts {
  const known = createKnownTexts()
  for (const step of steps) for (const told of textsIn(step)) known.add(told)
  return known
}

export function createKnownTexts(): KnownTexts {
  const secrets = new Map<string, { kind: Kind; uses: number }>()
  const people = new Map<string, { kind: Kind; uses: number }>()
  /** Names of the provider and of this app, which are no secrets even when a person is called like them. */
  const parties = new Set<string>()
  const secretIndex = createTextIndex()
  const peopleIndex = createTextIndex()
  const partyIndex = createTextIndex()

  const isSought = ({ kind, text }: Told) =>
    kind === 'personal'
      ? !isOrdinary(text)
      : kind !== 'code_challenge' && text.length >= shortestSecret && !isOrigin(text)

  function add(told: Told): boolean {
    const { kind, text } = told
    if (anyPlaceholder.test(text)) return false
    if (kind === 'party') {
      if (text.length >= shortestName && !parties.has(text)) partyIndex.add(text)
      parties.add(text)
      return false
    }
    const shelf = kind === 'personal' ? people : secrets
    const before = shelf.get(text)
    if (before !== undefined) before.uses++
    else {
      shelf.set(text, { kind, uses: 1 })
      if (isSought(told)) (kind === 'personal' ? peopleIndex : secretIndex).add(text)
    }
    return before === undefined
  }

  function remove(told: Told): boolean {
    const { kind, text } = told
    const shelf = kind === 'personal' ? people : secrets
    const before = shelf.get(text)
    if (before === undefined || --before.uses > 0) return false
    shelf.delete(text)
    const index = kind === 'personal' ? peopleIndex : secretIndex
    index.remove(text)
    return true
  }

  function hideSecrets(text: string, change: Change): string {
    const places = secretIndex.find(text)
    if (places === null) return change('secret', text)
    if (places.length === 0) return text
    const patches = places.map(({ start, end, text: whole }) => ({
      start,
      end,
      put:
        whole === null
          ? change('secret', text.slice(start, end))
          : change(secrets.get(whole)?.kind ?? 'secret', whole),
    }))
    return patched(text, [...kept(text, placeholders), ...patches], joined => change('secret', joined))
  }

  function isPerson(text: string, place: Place): boolean {
    if (!isWord(text, place)) return false
    return place.text === null ? !isOrigin(text.slice(place.start)) : !parties.has(place.text)
  }

  function hidePeople(text: string, change: Change): string {
    const places = peopleIndex.find(text)
    if (places === null) return change('personal', text)
    const persons = places.filter(place => isPerson(text, place))
    if (persons.length === 0) return text
    const patches = [
      ...kept(text, placeholders),
      ...kept(text, origins),
      ...(partyIndex.find(text) ?? []).map(({ start, end }) => ({ start, end, put: text.slice(start, end) })),
      ...persons.map(({ start, end, text: whole }) => {
        const put = change('personal', whole ?? text.slice(start, end))
        return { start, end, put: isBareNumber(text, start, end) ? `"${put}"` : put }
      }),
    ]
    return patched(text, patches, joined => change('personal', joined))
  }

  return {
    add,
    remove,
    hide: (text, change, impersonal) => {
      const secretless = hideSecrets(text, change)
      return impersonal ? secretless : hidePeople(secretless, change)
    },
  }
}

function kept(text: string, pattern: RegExp): Patch[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: put }) => ({
    start: index,
    end: index + put.length,
    put,
  }))
}

/** An address without a path was told to everybody, whoever calls it a `state`. */
const isOrigin = (text: string) => /^(https?:)?\/\/[\w.:-]*\/?$/i.test(text)

/** What stands in many texts that have no person in them: short texts and numbers, words of the protocol, languages. */
function isOrdinary(text: string): boolean {
  return (
    text.length < shortestName ||
    /^(\d{1,5}|[a-z]{2,3}[-_][A-Z]{2})$/.test(text) ||
    /^(true|false|null|none|nothing|openid|profile|email|phone|address|offline_access|bearer|dpop|code|token|json)$/i.test(
      text,
    ) ||
    isOrigin(text)
  )
}

/** Not a part of a longer word; what is spelt with a percent sign or a backslash ends a word. */
function isWord(text: string, { start, end }: Place): boolean {
  const inside = (at: number) => /[\p{L}\p{M}\p{N}_]/u.test(text.charAt(at))
  const follows =
    inside(start) &&
    inside(start - 1) &&
    !/(%[0-9a-f]{2}|\\[bfnrt]|\\u[0-9a-f]{4})$/i.test(text.slice(Math.max(0, start - 6), start))
  return !follows && !(inside(end - 1) && inside(end))
}

/** In JSON, where no text may stand without quotes. */
function isBareNumber(text: string, start: number, end: number): boolean {
  return (
    /^\s*[[{]/.test(text) &&
    /[:[,]\s*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^\s*[\]},]/.test(text.slice(end, end + 8))
  )
}
