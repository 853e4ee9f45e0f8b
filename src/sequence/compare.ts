/** Two runs side by side, line by line, and the first place where they part. */
import { anyPlaceholder } from '../trace/known-texts.ts'
import { decoded } from '../trace/secret-places.ts'
import { refusal } from './labels.ts'
import { isRequest, type Message } from './message.ts'
import { troubleOf } from './warnings.ts'

export interface Difference {
  /** What differs, in a word or the name of a parameter. */
  readonly what: 'missing' | 'status' | 'label' | 'error' | 'check' | 'parameter' | 'tampered'
  /** Name of the parameter or of the check; empty for the others. */
  readonly name: string
  readonly left: string
  readonly right: string
}

export interface ComparedRow {
  readonly left: Message | null
  readonly right: Message | null
  readonly differences: readonly Difference[]
}

export interface Compared {
  readonly rows: readonly ComparedRow[]
  /** Index of the first row that differs; null: the same story. */
  readonly firstDifference: number | null
}

/** Only what happened is compared, never the random values themselves: those differ in every run. */
export function compare(left: readonly Message[], right: readonly Message[]): Compared {
  const rows = align(real(left), real(right)).map(([a, b]) => ({
    left: a,
    right: b,
    differences: differences(a, b),
  }))
  const differing = rows.flatMap((row, place) => (row.differences.length > 0 ? [{ row, place }] : []))
  const first = differing.find(({ row }) => !isFromMemory(row)) ?? differing[0]
  return { rows, firstDifference: first?.place ?? null }
}

/** Metadata or keys that one run had at hand already: rarely what somebody is looking for. */
function isFromMemory({ left, right }: ComparedRow): boolean {
  const only = left === null ? right : right === null ? left : null
  return only !== null && /^(discovery|keys)_/.test(only.kind)
}

function real(messages: readonly Message[]): Message[] {
  return messages.filter(message => message.status !== 'upcoming')
}

type Pair = readonly [Message | null, Message | null]

/** Longest common run of kinds; what one side has more stands alone. */
function align(left: readonly Message[], right: readonly Message[]): Pair[] {
  const width = right.length + 1
  const length = new Uint32Array((left.length + 1) * width)
  const at = (i: number, j: number) => length[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      length[i * width + j] =
        left[i]?.kind === right[j]?.kind ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: Pair[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const a = left[i] ?? null
    const b = right[j] ?? null
    if (a !== null && b !== null && a.kind === b.kind) {
      pairs.push([a, b])
      i++
      j++
    } else if (b === null || (a !== null && at(i + 1, j) >= at(i, j + 1))) {
      pairs.push([a, null])
      i++
    } else {
      pairs.push([null, b])
      j++
    }
  }
  return pairs
}

function differences(left: Message | null, right: Message | null): Difference[] {
  if (left === null || right === null)
    return [{ what: 'missing', name: '', left: left?.label ?? '', right: right?.label ?? '' }]
  const found: Difference[] = []
  const note = (what: Difference['what'], name: string, a: string, b: string) => {
    const [shownLeft, shownRight] = [hiddenLike(a, b), hiddenLike(b, a)]
    if (shownLeft !== shownRight) found.push({ what, name, left: shownLeft, right: shownRight })
  }
  note('status', '', left.status, right.status)
  note('label', '', left.label, right.label)
  note('error', '', errorOf(left), errorOf(right))
  note('tampered', '', left.tampered.join(', '), right.tampered.join(', '))
  for (const [name, [a, b]] of zip(outcomes(left), outcomes(right))) note('check', name, a, b)
  for (const [name, [a, b]] of zip(parameters(left), parameters(right))) note('parameter', name, a, b)
  return found
}

/** `text` with a placeholder wherever `other`, of a story that was kept without secrets, has one. */
function hiddenLike(text: string, other: string): string {
  const [parts, others] = [text.split('/'), other.split('/')]
  if (parts.length !== others.length) return text
  return parts.map((part, i) => placeholderLike(part, others[i] ?? '')).join('/')
}

function placeholderLike(text: string, other: string): string {
  const kind = /^redacted\.(personal|secret)\.\d+$/.exec(other)?.[1]
  return kind === undefined || anyPlaceholder.test(text) ? text : `redacted.${kind}.${decoded(text).length}`
}

function errorOf(message: Message): string {
  return (
    troubleOf(message)?.code ??
    (message.response === null || isRequest(message.kind) ? '' : refusal(message.response))
  )
}

function outcomes(message: Message): Map<string, string> {
  return new Map(message.checks.map(check => [check.name, check.outcome]))
}

const everNew = new Set(
  'code code_challenge code_verifier dpop_jkt state nonce access_token refresh_token id_token id_token_hint token request_uri session_state'.split(
    ' ',
  ),
)

/** What was asked, by name; of a value that is new in every run only that it was there. */
function parameters(message: Message): Map<string, string> {
  const found = new Map<string, string>()
  const add = (pairs: URLSearchParams) => {
    for (const [name, value] of pairs) found.set(name, everNew.has(name) ? 'present' : value)
  }
  if (message.url !== null && URL.canParse(message.url)) add(new URL(message.url).searchParams)
  if (isRequest(message.kind) && message.request !== null) {
    if (URL.canParse(message.request.url)) add(new URL(message.request.url).searchParams)
    if (message.request.body !== null && !/^\s*[[{]/.test(message.request.body))
      add(new URLSearchParams(message.request.body))
  }
  return found
}

function zip(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): Map<string, [string, string]> {
  const names = new Set([...left.keys(), ...right.keys()])
  return new Map([...names].map(name => [name, [left.get(name) ?? 'absent', right.get(name) ?? 'absent']]))
}
