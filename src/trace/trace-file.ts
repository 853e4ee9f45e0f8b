/** A trace as a file: a versioned JSON document. Secrets leave only when the caller says `raw`. */
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Trace } from './entry.ts'
import { type Guard, list, parse, record, time, Unreadable, word } from './guard.ts'
import { knownIn } from './known-texts.ts'
import { fileTab } from './own-trace.ts'
import { redactStep } from './redact.ts'
import { entry, foldedFlow } from './step-guard.ts'

/** `raw` holds codes and tokens: ask the person twice before. */
export type Secrets = 'redacted' | 'raw'

interface TraceFile extends Trace {
  readonly format: 'pkce-lens-trace'
  readonly version: 1
  readonly secrets: Secrets
  /** Wall clock, milliseconds. */
  readonly exportedAt: number
}

const file: Guard<TraceFile> = record<TraceFile>({
  format: word('pkce-lens-trace'),
  version: word<1>(1),
  secrets: word('redacted', 'raw'),
  exportedAt: time,
  entries: list(entry),
  folded: list(foldedFlow),
})

const longestFile = 32_000_000
/** The recorder counts on from here, and reads at most fifteen digits of its own. */
const largestSeq = 99_999_999_999_999

/** A copy of `trace` in which no secret is left. */
export function redactTrace(trace: Trace, fingerprint: (text: string) => string | null): Trace {
  const known = knownIn(trace.entries.map(entry => entry.step))
  return {
    entries: trace.entries.map(entry => ({
      ...entry,
      step: redactStep(entry.step, fingerprint, known),
      redacted: true,
    })),
    folded: trace.folded,
  }
}

/** The text of the file. */
export function exportTrace(
  trace: Trace,
  options: { secrets: Secrets; fingerprint: (text: string) => string | null; now: number },
): string {
  const { secrets, fingerprint, now } = options
  const { entries, folded } = secrets === 'raw' ? trace : redactTrace(trace, fingerprint)
  const written = entries.map(entry => ({ ...entry, earlier: undefined }))
  return JSON.stringify(
    { format: 'pkce-lens-trace', version: 1, secrets, exportedAt: now, entries: written, folded },
    null,
    2,
  )
}

/**
 * Reads a file that `exportTrace` wrote. Its tabs get names that no tab has, so that what this tab tells next is told
 * apart from it. @throws OAuthError `trace_file_invalid`, with the field in `received`
 */
export function importTrace(source: string): Trace {
  if (source.length > longestFile) throw invalid('file', 'at most 32 million characters')
  try {
    const { entries, folded } = parse(file, JSON.parse(source), 'file')
    const ids = new Set<string>()
    let seq = Number.NEGATIVE_INFINITY
    entries.forEach((entry, i) => {
      if (ids.has(entry.id)) throw new Unreadable(`file.entries[${i}].id`, 'an id that is used once')
      if (entry.seq <= seq || entry.seq > largestSeq)
        throw new Unreadable(`file.entries[${i}].seq`, `a rising number, at most ${largestSeq}`)
      ids.add(entry.id)
      seq = entry.seq
    })
    return {
      entries: entries.map(entry => ({ ...entry, tab: fileTab(entry.tab), earlier: true })),
      folded,
    }
  } catch (error) {
    if (error instanceof Unreadable) throw invalid(error.field, error.expected)
    if (error instanceof SyntaxError) throw invalid('file', 'JSON')
    throw error
  }
}

function invalid(field: string, expected: string): OAuthError {
  return new OAuthError({
    code: 'trace_file_invalid',
    expected,
    received: field,
    hints: [`This file is not a trace that can be read: the field ${field} should be ${expected}.`],
  })
}
