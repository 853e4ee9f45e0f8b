import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import './tabs.css'

/**
 * Tabs and their panels. Arrow keys, Home and End move and open.
 * `<Tabs value onChange><TabList label="Message"><Tab value="http">HTTP</Tab></TabList><TabPanel value="http">…`
 */
export function Tabs({
  value,
  onChange,
  className,
  children,
}: {
  value: string
  onChange: (value: string) => void
  className?: string
  children: ReactNode
}) {
  return (
    <Radix.Root className={className} value={value} onValueChange={onChange}>
      {children}
    </Radix.Root>
  )
}

/** The row of tabs. `end` stands at the far end, outside the tab list. */
export function TabList({
  label,
  mono,
  end,
  children,
}: {
  label: string
  /** names in the code face, without the line below: for a heading row */
  mono?: boolean
  end?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={mono ? 'ui-tabs ui-tabs-mono' : 'ui-tabs'}>
      <Radix.List className="ui-tabs-list" aria-label={label}>
        {children}
      </Radix.List>
      {end && <div className="ui-tabs-end">{end}</div>}
    </div>
  )
}

/** One tab. `count` is a small number after the name, red with `bad`. */
export function Tab({
  value,
  count,
  bad,
  children,
}: {
  value: string
  count?: number | undefined
  bad?: boolean
  children: ReactNode
}) {
  return (
    <Radix.Trigger className="ui-tab" value={value}>
      {children}
      {count !== undefined && (
        <span className={bad ? 'ui-tab-count ui-tab-count-bad' : 'ui-tab-count'} aria-hidden="true">
          {count}
        </span>
      )}
    </Radix.Trigger>
  )
}

/** What the tab of the same `value` opens. */
export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.Content className="ui-tab-panel" value={value}>
      {children}
    </Radix.Content>
  )
}
