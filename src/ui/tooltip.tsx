import { Tooltip as Radix } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { Kbd } from './kbd.tsx'
import './tooltip.css'

/** Milliseconds that a pointer rests on a control before its word appears. */
const patience = 450

interface TooltipProps {
  text: ReactNode
  kbd: string | undefined
  /** waits a moment, as for a pointer that may only pass */
  patient: boolean
  onDismiss: () => void
}

/**
 * The word that floats beside the control it stands in, which it measures but does not describe: the control has this
 * name already, and once is enough.
 */
export default function Tooltip({ text, kbd, patient, onDismiss }: TooltipProps): ReactNode {
  const [open, setOpen] = useState(!patient)
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Radix.Provider>
      <Radix.Root open={open} onOpenChange={next => next || onDismiss()}>
        <Radix.Trigger asChild>
          <span className="ui-tip-anchor" aria-hidden="true" />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="ui-tip" side="bottom" sideOffset={6} collisionPadding={8}>
            {text}
            {kbd && <Kbd quiet>{kbd}</Kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
