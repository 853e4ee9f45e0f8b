/**
 * Finds the protocol values in a Step, and makes the copy that may be stored or exported. A secret text becomes
 * `redacted.<name>.<length>.<first 16 hex digits of its SHA-256>` in the same place, so equal values stay equal
 * to the eye. The challenge stays: it is the hash of the verifier and was public from the start.
 */
import type { Step, ValueName } from '../oauth/step.ts'
import { parse } from './guard.ts'
import { personalIn } from './personal.ts'
import { type Change, decoded, isValueName, walk } from './secret-places.ts'
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

const anyPlaceholder = /^redacted\.[a-z_]+\.\d+(\.[0-9a-f]{0,16})?$/
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

/**
 * A copy of `step` without secrets.
 * @param fingerprintOf first 16 hexadecimal digits of the SHA-256 of a text; null when unknown
 * @param nameOf recognises a secret that stands where no parameter name tells, for example in an error text
 */
export function redactStep(
  step: Step,
  fingerprintOf: (text: string) => string | null,
  nameOf: (text: string) => ValueName | null = () => null,
): Step {
  const hide: Change = (kind, text) => {
    if (text === '' || kind === 'code_challenge' || anyPlaceholder.test(text)) return text
    const hash = isValueName(kind) ? `.${fingerprintOf(text) ?? ''}` : ''
    return `redacted.${kind}.${text.length}${hash}`
  }
  const own = new Map<string, ValueName>()
  for (const { value, text } of secretsIn(step)) own.set(text, value)
  const known = (text: string) => own.get(text) ?? nameOf(text)
  const sweep = (text: string): string =>
    text.replace(/[\w.~+/%-]{8,}=*/g, found => {
      for (const whole of [found, decoded(found)]) {
        const name = known(whole)
        if (name !== null) return hide(name, whole)
      }
      return found.replace(/%[0-9a-f]{2}|[\w.~-]{8,}/gi, piece => {
        const text = piece.replace(/[.~-]+$/, '')
        const name = known(piece) ?? known(text)
        if (name !== null) return piece.replace(text, hide(name, text))
        return piece.replace(/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, jwt => hide('secret', jwt))
      })
    })
  return parse(stepGuard, walk(step, hide, sweep, personalIn(step)), 'step')
}
