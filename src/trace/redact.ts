/**
 * Finds the protocol values in a Step, and makes the copy that may be stored or exported. A secret text becomes
 * `redacted.<name>.<length>.<first 16 hex digits of its SHA-256>` in the same place, so equal values stay equal
 * to the eye. The challenge stays: it is the hash of the verifier and was public from the start.
 */
import type { Step, ValueName } from '../oauth/step.ts'
import { parse } from './guard.ts'
import { anyPlaceholder, type KnownTexts, knownIn } from './known-texts.ts'
import { personalIn } from './personal.ts'
import { type Change, decoded, isValueName, type Sweep, walk } from './secret-places.ts'
import { step as stepGuard } from './step-guard.ts'

export interface Secret {
  readonly value: ValueName
  readonly text: string
}

export interface Redacted {
  readonly value: ValueName
  /** Characters of the text that was here. */
  readonly length: number
  /** Null when the hash could not be computed. */
  readonly fingerprint: string | null
}

const placeholder = /^redacted\.([a-z_]+)\.(\d+)\.([0-9a-f]{16})?$/

/** Reads a placeholder back; null when `text` is none. */
export function parseRedacted(text: string): Redacted | null {
  const [, value, length, fingerprint] = placeholder.exec(text) ?? []
  return isValueName(value) ? { value, length: Number(length), fingerprint: fingerprint ?? null } : null
}

/** Every protocol value in `step`, in the order of the text, repetitions included. */
export function secretsIn(step: Step): Secret[] {
  const found: Secret[] = []
  walk(step, (kind, text) => {
    if (isValueName(kind) && text !== '') found.push({ value: kind, text })
    return text
  })
  return found
}

/** Begins nowhere but at the beginning of a word, or a long text of `eyJeyJ…` would be read again and again. */
const jwt = /(?<![\w-])(?=[\w-]{11,}\.[\w-]*\.)([\w-]*?)(eyJ[\w-]{8,}(?:\.[\w-]*){2}(?:\.[\w-]+){0,2})/g

/**
 * A copy of `step` without secrets.
 * @param fingerprintOf first 16 hexadecimal digits of the SHA-256 of a text; null when unknown
 * @param known what else was told: it is hidden where no parameter name tells, for example in an error text
 */
export function redactStep(
  step: Step,
  fingerprintOf: (text: string) => string | null,
  known: KnownTexts = knownIn([step]),
): Step {
  const hide: Change = (kind, text) => {
    if (text === '' || kind === 'code_challenge' || anyPlaceholder.test(text)) return text
    const hash = isValueName(kind) ? `.${fingerprintOf(text) ?? ''}` : ''
    return `redacted.${kind}.${text.length}${hash}`
  }
  const clean: Sweep = (text, impersonal) => {
    const unknown = known.hide(text, hide, impersonal)
    if (!unknown.includes('eyJ')) return unknown
    return unknown.replace(jwt, (_, before: string, token: string) => before + hide('secret', token))
  }
  const sweep: Sweep = (text, impersonal) =>
    decodedToo(clean(text, impersonal), each => clean(each, impersonal))
  return parse(stepGuard, walk(step, hide, { sweep, personal: personalIn(step) }), 'step')
}

/** What is spelt with more percent signs than it needs, or twice over, is read as it is meant. */
function decodedToo(text: string, clean: (text: string) => string, depth = 2): string {
  if (depth === 0 || !text.includes('%')) return text
  return text.replace(/[^\s"<>&=#?]{8,}/g, piece => {
    const plain = decoded(piece)
    if (plain === piece) return piece
    const cleaned = decodedToo(clean(plain), clean, depth - 1)
    return cleaned === plain ? piece : cleaned
  })
}
