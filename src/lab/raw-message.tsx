import { requestOf, responseOf, valuesNear } from '../inspector/flow-values.ts'
import { type HttpBlock, type Line, requestBlock, responseBlock } from '../inspector/http-lines.ts'
import { PiecesView } from '../inspector/piece-view.tsx'
import type { Message } from '../sequence/message.ts'

/** Request and answer as they were sent, values as chips. Headers that every browser sends are left out. */
export function RawMessage({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const known = valuesNear(message, messages)
  const request = requestBlock(requestOf(message, messages), known)
  const answer = responseOf(message, messages)
  const response = answer && responseBlock(answer, known)
  return (
    <>
      {request && <Block block={request} label="What was sent" />}
      {response && answer && (
        <Block block={response} label="What came back" refused={(answer.response?.status ?? 0) >= 400} />
      )}
    </>
  )
}

const everyday = /^(host|accept|content-type|content-length|cache-control|date|expires|pragma|vary)$/i

function Block({ block, label, refused }: { block: HttpBlock; label: string; refused?: boolean }) {
  const lines = [...block.head.filter(line => !everyday.test(line.name ?? '')), ...block.body]
  return (
    <section className="lab-raw" aria-label={label} data-refused={refused || undefined}>
      <b>{block.start}</b>
      {numbered(lines).map(([key, line]) => (
        <RawLine key={key} line={line} />
      ))}
    </section>
  )
}

function RawLine({ line }: { line: Line }) {
  return (
    <div className="lab-raw-line">
      {line.lead}
      {line.name}
      {line.sign}
      <PiecesView pieces={line.pieces} />
      {line.tail}
    </div>
  )
}

/** Lines never move, so their place is their identity. */
function numbered<T>(items: readonly T[]): [number, T][] {
  return items.map((item, at) => [at, item])
}
