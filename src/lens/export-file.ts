/** What leaves the lens as a file. Without secrets unless the caller says `raw`, after the person was asked twice. */
import { exportHar } from '../sequence/export-har.ts'
import { exportMarkdown } from '../sequence/export-markdown.ts'
import { exportMermaid } from '../sequence/export-mermaid.ts'
import { exportedMessages } from '../sequence/export-options.ts'
import type { Expectation } from '../sequence/message.ts'
import { asOf } from '../sequence/playback.ts'
import type { Trace } from '../trace/entry.ts'
import { exportTrace, type Secrets } from '../trace/trace-file.ts'
import { fileName, timeOfDay } from '../ui/format.ts'
import { type Picture, pictureOf } from './picture.ts'
import { exportSvg } from './picture-file.ts'

/** Formats that are text, in the order of the menu. */
export const textFormats = ['json', 'har', 'markdown', 'mermaid', 'svg'] as const
export type TextFormat = (typeof textFormats)[number]
export type Format = TextFormat | 'png'

export const formatNames: Readonly<Record<Format, { readonly name: string; readonly what: string }>> = {
  json: { name: 'JSON', what: 'opens here again' },
  har: { name: 'HAR 1.2', what: 'for network tools' },
  markdown: { name: 'Markdown', what: 'for an issue' },
  mermaid: { name: 'Mermaid', what: 'a diagram as text' },
  svg: { name: 'SVG', what: 'a drawing' },
  png: { name: 'PNG', what: 'a picture' },
}

const endings: Readonly<Record<Format, readonly [ending: string, type: string]>> = {
  json: ['json', 'application/json'],
  har: ['har', 'application/json'],
  markdown: ['md', 'text/markdown'],
  mermaid: ['mmd', 'text/plain'],
  svg: ['svg', 'image/svg+xml'],
  png: ['png', 'image/png'],
}

export interface ExportSource {
  /** The story that is looked at. */
  readonly trace: Trace
  /** How many messages are shown: a picture shows the moment that is looked at. */
  readonly shown: number
  readonly expectation: Expectation | null
  /** For what is still to come in a picture; null: nothing is, since the story is an older one. */
  readonly ahead: Expectation | null
  readonly fingerprint: (text: string) => string | null
}

/** Text of the file. @param now wall clock, milliseconds */
export function exportText(format: TextFormat, source: ExportSource, secrets: Secrets, now: number): string {
  const { trace, expectation, fingerprint } = source
  const options = { secrets, fingerprint, expectation }
  switch (format) {
    case 'json':
      return exportTrace(trace, { secrets, fingerprint, now })
    case 'har':
      return exportHar(trace, options)
    case 'markdown':
      return exportMarkdown(trace, options)
    case 'mermaid':
      return exportMermaid(trace, options)
    case 'svg':
      return exportSvg(drawnMessages(source), expectation)
  }
}

/** What a PNG is drawn from. */
export function exportPicture(source: ExportSource): Picture {
  return pictureOf(drawnMessages(source), source.expectation)
}

/** A picture shows the words of others too, and a secret may stand in them. */
const drawnMessages = ({ trace, ahead, fingerprint, shown }: ExportSource) =>
  asOf(exportedMessages(trace, { secrets: 'redacted', fingerprint }, ahead), shown)

export function exportName(format: Format, now: number, secrets: Secrets = 'redacted'): string {
  const warning = secrets === 'raw' ? 'with-secrets-' : ''
  return `${fileName(`pkce-lens-${warning}${timeOfDay(now)}`)}.${endings[format][0]}`
}

export function mediaType(format: Format): string {
  return endings[format][1]
}
