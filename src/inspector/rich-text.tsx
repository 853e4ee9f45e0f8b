import type { Message } from '../sequence/message.ts'
import { isValueName } from '../trace/secret-places.ts'
import { carriedFor, parameterFor } from './flow-values.ts'
import { MarkedText } from './marked-text.tsx'
import { ValueChip } from './value-chip.tsx'

/** A text of the explanations: `{{state}}` becomes its chip, `{{redirect_uri}}` what was sent. */
export function RichText({
  text,
  message,
  messages,
}: {
  text: string
  message: Message
  messages: readonly Message[]
}) {
  const draw = (name: string) =>
    isValueName(name) ? (
      <ValueChip carried={carriedFor(message, messages, name)} />
    ) : (
      <code>{parameterFor(message, messages, name) ?? name}</code>
    )
  return <MarkedText text={text} draw={draw} />
}
