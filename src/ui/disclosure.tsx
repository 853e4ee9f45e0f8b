import { type ReactNode, useLayoutEffect, useRef } from 'react'
import './disclosure.css'
import { Icon } from './icon.tsx'

/**
 * A line that opens to show more. The browser's own `details`, so searching in the page finds what is folded.
 * `defaultOpen` opens it, also later; it never closes what a person looks at.
 */
export function Disclosure({
  summary,
  defaultOpen = false,
  className,
  children,
}: {
  summary: ReactNode
  defaultOpen?: boolean
  className?: string
  children: ReactNode
}) {
  const details = useRef<HTMLDetailsElement>(null)
  useLayoutEffect(() => {
    if (defaultOpen && details.current) details.current.open = true
  }, [defaultOpen])
  return (
    <details ref={details} className={className ? `ui-disclosure ${className}` : 'ui-disclosure'}>
      <summary className="ui-disclosure-line">
        <Icon name="right" size="s" className="ui-disclosure-arrow" />
        {summary}
      </summary>
      <div className="ui-disclosure-body">{children}</div>
    </details>
  )
}
