import { laneNames } from '../explain/labels.ts'
import type { Message } from '../sequence/message.ts'
import { Callout } from '../ui/callout.tsx'

/** Where the flow stopped: who stopped it, with which code, in the server's own words if it gave any. */
export function Refusal({ message }: { message: Message }) {
  const { error } = message
  if (error === null) return null
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
          {error.protocolDescription !== undefined && <>: {error.protocolDescription}</>}
        </p>
      )}
      {error.expected !== undefined && (
        <p>
          Expected <code>{error.expected}</code>
          {error.received !== undefined && (
            <>
              , received <code>{error.received}</code>
            </>
          )}
        </p>
      )}
      {error.hints?.map(hint => (
        <p key={hint}>{hint}</p>
      ))}
      {error.clause !== undefined && <p className="caption">{error.clause}</p>}
    </Callout>
  )
}
