/** What a person has changed in the message that is held, before it goes on. */
import type { Stopper } from '../attack/parties.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { type Field, fieldsOf, isStatus, placeOfRaw, rawOf, withFields, withRaw } from './edits.ts'

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

/** Whether a value cannot be what its place asks for. */
export const isWrong = ({ place }: Field, value: string | null): boolean =>
  place === 'status' && !isStatus(value ?? '')

/** The message as it will go on; null while it cannot be what it must be. */
export function editedBy(message: HeldMessage, { values, raw }: Draft): HeldMessage | null {
  if (fieldsOf(message).some(each => values.has(each.id) && isWrong(each, values.get(each.id) ?? null)))
    return null
  // The whole text is a part of the message only: what was changed beside it goes on changed.
  const changed = withFields(message, values)
  return raw === null ? changed : withRaw(changed, raw)
}

/** What a field says now; null: it is left out. Once the text is edited as a whole, as it is read from there. */
export function valueNow(field: Field, message: HeldMessage, draft: Draft): string | null {
  const { id, place, value } = field
  if (draft.raw !== null && place === placeOfRaw(message)) {
    const edited = withRaw(message, draft.raw)
    return (edited && fieldsOf(edited).find(each => each.id === id)?.value) ?? null
  }
  return draft.values.has(id) ? (draft.values.get(id) ?? null) : value
}

/** Names of the parameters that were changed; `raw` for the text as a whole. */
export function tamperedBy(message: HeldMessage, { values, raw }: Draft): string[] {
  const touched = fieldsOf(message).filter(each => values.has(each.id))
  const names = (fields: readonly Field[]) => fields.map(each => each.name)
  if (raw === null) return names(touched)
  const beside = touched.filter(({ place }) => place !== placeOfRaw(message))
  return [...names(beside), ...(raw === rawOf(message) ? [] : ['raw'])]
}
