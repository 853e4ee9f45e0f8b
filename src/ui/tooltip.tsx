import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import './tooltip.css'

/**
 * A word that floats beside a control on hover and keyboard focus, and describes it. `children` must be one element
 * that passes its props and `ref` on.
 */
export function Tooltip({
  text,
  kbd,
  side = 'bottom',
  children,
}: {
  text: ReactNode
  kbd?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="ui-tip" side={side} sideOffset={6} collisionPadding={8}>
            {text}
            {kbd && <Kbd quiet>{kbd}</Kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
