/** The held message as it is being edited, in the picture. */
import type { Carried, Message } from '../sequence/message.ts'

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
