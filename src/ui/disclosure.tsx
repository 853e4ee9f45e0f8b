import type { ReactNode } from 'react'
import './disclosure.css'
import { Icon } from './icon.tsx'

/** A line that opens to show more. The browser's own `details`, so searching in the page finds what is folded. */
export function Disclosure({
  summary,
  defaultOpen,
  onToggle,
  className,
  children,
}: {
  summary: ReactNode
  defaultOpen?: boolean
  onToggle?: (open: boolean) => void
  className?: string
  children: ReactNode
}) {
  return (
    <details
      className={className ? `ui-disclosure ${className}` : 'ui-disclosure'}
      open={defaultOpen}
      onToggle={event => onToggle?.(event.currentTarget.open)}
    >
      <summary className="ui-disclosure-line">
        <Icon name="right" size="s" className="ui-disclosure-arrow" />
        {summary}
      </summary>
      <div className="ui-disclosure-body">{children}</div>
    </details>
  )
}
