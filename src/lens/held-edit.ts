/** The held message as it is being edited, in the picture. */
import type { Carried, Message, MessageKind } from '../sequence/message.ts'

/** What the debugger holds, whether the picture shows it or not. */
export interface HeldNow {
  readonly flow: string
  readonly kind: MessageKind
  /** Rises with every held message. */
  readonly serial: number
}

/** The held message in the picture; null where it is not: in another story, at another time, in no story at all. */
export function heldIn(messages: readonly Message[], held: HeldNow | null): Message | null {
  return messages.find(({ status, flow }) => status === 'paused' && flow === held?.flow) ?? null
}

export interface HeldEdit {
  readonly flow: string
  /** Its values now; null while they cannot be read. */
  readonly carried: readonly Carried[] | null
  /** Names of what was changed. */
  readonly tampered: readonly string[]
}

/** Every other message stays the same object. */
export function withEdit(messages: readonly Message[], edit: HeldEdit | null): readonly Message[] {
  if (edit === null) return messages
  return messages.map(message =>
    message.status === 'paused' && message.flow === edit.flow
      ? { ...message, carried: edit.carried ?? message.carried, tampered: edit.tampered }
      : message,
  )
}
