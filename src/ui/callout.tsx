import type { ReactNode } from 'react'
import './callout.css'
import { Icon, type IconName } from './icon.tsx'

export type CalloutTone = 'pass' | 'fail' | 'warn' | 'plain'

const usual: Record<CalloutTone, IconName> = {
  pass: 'shield-ok',
  fail: 'shield-x',
  warn: 'alert',
  plain: 'info',
}

export type CalloutProps = {
  tone?: CalloutTone
  icon?: IconName
  title: ReactNode
  /** beside the title, for example a code in `<code>` */
  aside?: ReactNode
  children?: ReactNode
  /** buttons and links: the way on */
  actions?: ReactNode
  className?: string
}

/** A washed box with a mark, a title and a way on. It says nothing by itself to a screen reader: see Alert. */
export function Callout({ tone = 'plain', icon, title, aside, children, actions, className }: CalloutProps) {
  return (
    <div className={['ui-callout', `ui-callout-${tone}`, className].filter(Boolean).join(' ')}>
      <span className="ui-callout-mark" aria-hidden="true">
        <Icon name={icon ?? usual[tone]} />
      </span>
      <div className="ui-callout-body">
        <p className="ui-callout-title">
          <b>{title}</b> {aside}
        </p>
        {children && <div className="ui-callout-text">{children}</div>}
        {actions && <div className="ui-callout-acts">{actions}</div>}
      </div>
    </div>
  )
}
