import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './tag.css'

/** A small label: a status code, a method, a state. */
export function Tag({
  tone,
  icon,
  children,
}: {
  tone?: 'pass' | 'fail' | 'warn' | undefined
  icon?: IconName
  children: ReactNode
}) {
  return (
    <span className={tone ? `ui-tag ui-tag-${tone}` : 'ui-tag'}>
      {icon && <Icon name={icon} size="xs" />}
      {children}
    </span>
  )
}
