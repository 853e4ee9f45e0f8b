import { ValueChip } from '../inspector/value-chip.tsx'
import type { Shown } from '../oauth/step.ts'
import type { Message } from '../sequence/message.ts'

/** The comparison of the app that ended the attack: what it expected, and what it was given. */
export function FailedCheck({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const check = message.checks.find(({ outcome }) => outcome === 'failed')
  if (!check) return null
  return (
    <dl className="lab-check">
      <dt>Compared</dt>
      <dd>{check.name}</dd>
      <dt>Expected</dt>
      <dd>
        <ShownText shown={check.expected} messages={messages} />
      </dd>
      <dt>Received</dt>
      <dd data-wrong={typeof check.received === 'string' || undefined}>
        <ShownText shown={check.received} messages={messages} />
      </dd>
    </dl>
  )
}

function ShownText({ shown, messages }: { shown: Shown; messages: readonly Message[] }) {
  if (typeof shown === 'string') return shown
  const { value, text } = shown
  const known = messages.flatMap(({ carried }) => carried).find(each => each.text === text)
  const made = { value, text, length: text.length, fingerprint: null, tampered: false, odd: false }
  return <ValueChip carried={known ?? made} />
}
