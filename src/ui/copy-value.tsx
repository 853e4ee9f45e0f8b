import { CopyButton } from './copy-button.tsx'
import './copy-value.css'

/** One line of text in a well with a copy button: addresses, scopes, console values. */
export function CopyValue({
  value,
  label,
  fit,
}: {
  value: string
  /** the accessible name of the button, for example `Copy the origin` */
  label: string
  /** as wide as the text, on paper: inside a coloured box */
  fit?: boolean
}) {
  return (
    <span className={fit ? 'ui-copy ui-copy-fit' : 'ui-copy'}>
      <code className="ui-copy-text">{value}</code>
      <CopyButton text={value} label={label} size="s" />
    </span>
  )
}
