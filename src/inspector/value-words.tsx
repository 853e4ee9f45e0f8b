import { isValueName } from '../trace/secret-places.ts'
import { Chip } from '../ui/chip.tsx'
import { MarkedText } from './marked-text.tsx'
import { valueKinds } from './value-kinds.ts'

/** A text about no message in particular: `{{state}}` becomes the chip of that value, pale where nobody holds it. */
export function ValueWords({ text, ghost }: { text: string; ghost?: boolean }) {
  const draw = (name: string) =>
    isValueName(name) ? <Chip v={valueKinds[name]} label={name} ghost={ghost} short /> : name
  return <MarkedText text={text} draw={draw} />
}
