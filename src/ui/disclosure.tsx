import type { ReactNode } from 'react'
import './disclosure.css'
import { Icon } from './icon.tsx'

/** A line that opens to show more. The browser's own `details`, so searching in the page finds what is folded. */
export function Disclosure({
  summary,
  defaultOpen,
  className,
  children,
}: {
  summary: ReactNode
  defaultOpen?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <details className={className ? `ui-disclosure ${className}` : 'ui-disclosure'} open={defaultOpen}>
      <summary className="ui-disclosure-line">
        <Icon name="right" size="s" className="ui-disclosure-arrow" />
        {summary}
      </summary>
      <div className="ui-disclosure-body">{children}</div>
    </details>
  )
}
