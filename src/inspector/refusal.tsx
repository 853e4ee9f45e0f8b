import type { ReactNode } from 'react'
import { laneNames } from '../explain/labels.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Message } from '../sequence/message.ts'
import { troubleOf } from '../sequence/warnings.ts'
import { Callout } from '../ui/callout.tsx'
import { valuesNear } from './flow-values.ts'
import { descriptionOf, expectationOf, hintInWords } from './hint-words.ts'
import { PiecesView } from './piece-view.tsx'
import { piecesOf } from './pieces.ts'

/** Where the flow stopped, or what is to be noted: by whom, with which code, in the server's own words if it gave any. */
export function Refusal({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const trouble = troubleOf(message)
  if (trouble === null) return null
  const known = valuesNear(message, messages)
  const pieces = (text: string) => <PiecesView pieces={piecesOf(text, known)} />
  const description = descriptionOf(trouble)
  return (
    <Callout
      tone={message.error === null ? 'warn' : 'fail'}
      className="inspector-refusal"
      title={titleOf(message)}
      aside={<code>{trouble.code}</code>}
    >
      {trouble.protocolError !== undefined && (
        <p>
          The server says <code>{trouble.protocolError}</code>
          {description !== null && <>: {pieces(description)}</>}
        </p>
      )}
      <Expectation trouble={trouble} pieces={pieces} />
      {trouble.hints?.map(hint => (
        <p key={hint}>{pieces(hintInWords(hint))}</p>
      ))}
      {trouble.clause !== undefined && <p className="caption">{trouble.clause}</p>}
    </Callout>
  )
}

/** Two sentences: what should have come, what came. */
function Expectation({
  trouble: { expected, received },
  pieces,
}: {
  trouble: OAuthErrorDetails
  pieces: (text: string) => ReactNode
}) {
  if (expected === undefined) return null
  return (
    <p>
      Expected: {pieces(expectationOf(expected))}.
      {received !== undefined && <> Received: {pieces(received)}.</>}
    </p>
  )
}

function titleOf({ error, status, to }: Message): string {
  if (error === null) return 'Noted, the flow goes on'
  return status === 'blocked' ? `The ${laneNames[to].toLowerCase()} blocked it` : 'It stopped here'
}
