import type { ReactNode } from 'react'

/**
 * A polite live region. Keep it mounted and change its content: what appears together with the region is not spoken.
 * With `quiet` it is heard and not seen.
 */
export function Status({
  children,
  quiet,
  className,
}: {
  children: ReactNode
  quiet?: boolean
  className?: string
}) {
  return (
    <div role="status" className={quiet ? 'visually-hidden' : className}>
      {children}
    </div>
  )
}
