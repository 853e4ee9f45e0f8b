/** What a person has changed in the message that is held, before it goes on. */
import type { Stopper } from '../attack/parties.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { fieldsOf, rawOf, withFields, withRaw } from './edits.ts'

export interface Draft {
  /** By the id of the field; `null`: left out. */
  readonly values: ReadonlyMap<string, string | null>
  /** The whole text, once it was edited as a whole. */
  readonly raw: string | null
  /** Who the person thinks will notice. */
  readonly prediction: Stopper | null
}

export const noDraft: Draft = { values: new Map(), raw: null, prediction: null }

/** The draft with one field changed, or as it was. */
export function withField(message: HeldMessage, draft: Draft, id: string, value: string | null): Draft {
  const values = new Map(draft.values)
  if (fieldsOf(message).some(each => each.id === id && each.value === value)) values.delete(id)
  else values.set(id, value)
  return { ...draft, values }
}

/** The message as it will go on; null while the text cannot be what it must be. */
export function editedBy(message: HeldMessage, { values, raw }: Draft): HeldMessage | null {
  return raw === null ? withFields(message, values) : withRaw(message, raw)
}

/** Names of the parameters that were changed; `raw` for the text as a whole. */
export function tamperedBy(message: HeldMessage, { values, raw }: Draft): string[] {
  if (raw !== null) return raw === rawOf(message) ? [] : ['raw']
  return fieldsOf(message).flatMap(each => (values.has(each.id) ? [each.name] : []))
}
