/** A message is held that the picture does not show: the way to it, or where no story has it, the message itself. */
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import './held-elsewhere.css'

export function HeldElsewhere({
  onShow,
  children,
}: {
  /** Null: it is in no story. */
  onShow: (() => void) | null
  /** Its editor. */
  children: ReactNode
}) {
  if (onShow === null) return <div className="lens-held">{children}</div>
  return (
    <Callout
      tone="warn"
      icon="pause"
      title="A message is held that is not shown here"
      aside={
        <Button size="s" onClick={onShow}>
          Show it
        </Button>
      }
    />
  )
}
