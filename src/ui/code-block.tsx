import { useMemo, useRef } from 'react'
import './code-block.css'
import { type CodeLanguage, type CodeToken, tokensOf } from './code-tokens.ts'
import { useScrollStop } from './use-scroll-stop.tsx'
import type { ValueKind } from './value-kind.ts'
import './value-mark.css'

/** A word of the code that stands for a marked value. */
export type CodeMark = { word: string; v: ValueKind }

/** Code with calm colours, built from elements: text from outside stays text. */
export function CodeBlock({
  code,
  language = 'text',
  label,
  marks = [],
}: {
  code: string
  language?: CodeLanguage
  /** the accessible name of the block */
  label: string
  marks?: readonly CodeMark[]
}) {
  const box = useRef<HTMLPreElement>(null)
  useScrollStop(box)
  const tokens = useMemo(() => tokensOf(code, language), [code, language])
  return (
    <figure className="ui-code" aria-label={label}>
      <pre ref={box} className="ui-code-text">
        <code>{tokens.map(token => piece(token, marks))}</code>
      </pre>
    </figure>
  )
}

function piece(token: CodeToken, marks: readonly CodeMark[]) {
  const v = marks.find(mark => mark.word === token.text)?.v
  const className = v ? 'ui-code-value' : token.kind === 'plain' ? undefined : `ui-code-${token.kind}`
  if (!className) return token.text
  return (
    <span key={token.at} className={className} data-v={v}>
      {token.text}
    </span>
  )
}
