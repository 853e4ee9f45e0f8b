import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './verdict.css'

export type VerdictKind = 'pass' | 'fail' | 'warn' | 'none'

const usual: Record<VerdictKind, IconName> = { pass: 'check', fail: 'x', warn: 'alert', none: 'dots' }

/** A verdict in words, with its icon. Colour never speaks alone. */
export function Verdict({
  kind,
  icon = usual[kind],
  children,
}: {
  kind: VerdictKind
  /** another icon, or `null` when a number stands in its place */
  icon?: IconName | null
  children: ReactNode
}) {
  return (
    <span className={`ui-verdict ui-verdict-${kind}`}>
      {icon && <Icon name={icon} size="s" />}
      {children}
    </span>
  )
}

/** The round mark at the head of a finding or a check. Decorative: say the verdict in words beside it. */
export function VerdictMark({
  kind,
  icon = usual[kind],
}: {
  kind: VerdictKind
  icon?: IconName | undefined
}) {
  return (
    <span className={`ui-verdict-mark ui-verdict-mark-${kind}`} aria-hidden="true">
      <Icon name={icon} size="xs" />
    </span>
  )
}
