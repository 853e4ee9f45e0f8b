/** Marks values: edited by the person, or failed the comparison that was made with them. */
import { type Drawn, mapCarried } from './drawn.ts'
import type { Message } from './message.ts'

/** Of a message that was edited while it was held: the values that were not in it before. */
export function markEdited(message: Message, held: Message): Message {
  if (message.tampered.length === 0) return message
  const before = new Set(held.carried.map(carried => carried.fingerprint))
  return {
    ...message,
    carried: message.carried.map(carried => ({
      ...carried,
      tampered: carried.tampered || (carried.fingerprint !== null && !before.has(carried.fingerprint)),
    })),
  }
}

/** An edited value stays marked wherever it goes after that. */
export function markTampered(drawn: readonly Drawn[]): Drawn[] {
  const edited = new Set<string>()
  return drawn.flatMap(line => {
    for (const { tampered, fingerprint } of line.message.carried)
      if (tampered && fingerprint !== null) edited.add(fingerprint)
    return mapCarried([line], carried =>
      !carried.tampered && carried.fingerprint !== null && edited.has(carried.fingerprint)
        ? { ...carried, tampered: true }
        : carried,
    )
  })
}

/** A value that failed a check is odd there and in the message that brought it. */
export function markOdd(drawn: readonly Drawn[]): Drawn[] {
  const odd = new Set<string>()
  for (const { message } of drawn) for (const text of failedTexts(message)) odd.add(text)
  if (odd.size === 0) return [...drawn]
  return mapCarried(drawn, carried =>
    (carried.text !== null && odd.has(carried.text)) ||
    (carried.fingerprint !== null && odd.has(carried.fingerprint))
      ? { ...carried, odd: true }
      : carried,
  )
}

function failedTexts(message: Message): string[] {
  return message.checks.flatMap(({ outcome, received }) =>
    outcome === 'failed' && typeof received !== 'string' ? [received.text, hashPart(received.text)] : [],
  )
}

function hashPart(text: string): string {
  return /\.([0-9a-f]{16})$/.exec(text)?.[1] ?? text
}
