import { Fragment } from 'react'
import { isValueName } from '../explain/values.ts'
import { valueKinds } from '../inspector/value-kinds.ts'
import { Chip } from '../ui/chip.tsx'

/** A sentence in which `{{access_token}}` is drawn as a chip of a value that nobody holds. */
export function ValueWords({ text }: { text: string }) {
  let at = 0
  return text.split(/\{\{(\w+)\}\}/).map(piece => {
    const key = at
    at += piece.length + 1
    return (
      <Fragment key={key}>
        {isValueName(piece) ? <Chip v={valueKinds[piece]} label={piece} ghost short /> : piece}
      </Fragment>
    )
  })
}
