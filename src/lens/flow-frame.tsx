import type { ReactNode } from 'react'
import './flow-frame.css'
import './strip.css'
import './value-bar.css'

export interface FlowFrameProps {
  readonly strip?: ReactNode
  readonly notice?: ReactNode
  readonly values?: ReactNode
  readonly left: ReactNode
  readonly side: ReactNode
  /** On a phone the side is a sheet. */
  readonly sheetOpen?: boolean
}

/** Where everything stands on the flow page. Small on purpose: the page has this shape before the lens is loaded. */
export function FlowFrame({ strip, notice, values, left, side, sheetOpen = false }: FlowFrameProps) {
  return (
    <div className="lens-flow">
      <div className="lens-page">
        <h1 className="visually-hidden">The sign-in, message by message</h1>
        {strip ?? <div className="lens-strip" />}
        {notice && <div className="lens-notice">{notice}</div>}
        {values ?? <div className="lens-values-bar" />}
        <div className="lens-left">{left}</div>
        <aside className="lens-side" aria-label="Inspector" data-open={sheetOpen || undefined}>
          {side}
        </aside>
      </div>
    </div>
  )
}
