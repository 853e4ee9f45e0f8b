import { laneNames } from '../explain/labels.ts'
import type { Message } from '../sequence/message.ts'
import { Callout } from '../ui/callout.tsx'
import { valuesNear } from './flow-values.ts'
import { hintInWords } from './hint-words.ts'
import { PiecesView } from './piece-view.tsx'
import { piecesOf } from './pieces.ts'

/** Where the flow stopped: who stopped it, with which code, in the server's own words if it gave any. */
export function Refusal({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const { error } = message
  if (error === null) return null
  const known = valuesNear(message, messages)
  const blocked = message.status === 'blocked'
  return (
    <Callout
      tone="fail"
      className="inspector-refusal"
      title={blocked ? `${laneNames[message.to]} blocked it` : 'It stopped here'}
      aside={<code>{error.code}</code>}
    >
      {error.protocolError !== undefined && (
        <p>
          The server says <code>{error.protocolError}</code>
          {error.protocolDescription !== undefined && (
            <>
              : <PiecesView pieces={piecesOf(error.protocolDescription, known)} />
            </>
          )}
        </p>
      )}
      {error.expected !== undefined && (
        <p>
          Expected <PiecesView pieces={piecesOf(error.expected, known)} />
          {error.received !== undefined && (
            <>
              , received <PiecesView pieces={piecesOf(error.received, known)} />
            </>
          )}
        </p>
      )}
      {error.hints?.map(hint => (
        <p key={hint}>
          <PiecesView pieces={piecesOf(hintInWords(hint), known)} />
        </p>
      ))}
      {error.clause !== undefined && <p className="caption">{error.clause}</p>}
    </Callout>
  )
}
