import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import './dialog.css'
import './icon-button.css'
import { Icon } from './icon.tsx'

/** A modal question or sheet. Escape and a press outside close it; focus goes in, and back afterwards. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  actions,
  wide,
  returnTo,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** buttons at the foot, the main one last */
  actions?: ReactNode
  wide?: boolean
  /** takes the focus afterwards, where what opened it is gone by then */
  returnTo?: RefObject<HTMLElement | null>
}) {
  const opener = useRef<Element | null>(null)
  const described = description ? {} : { 'aria-describedby': undefined }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* A plain shade instead of Radix' overlay, which would lock scrolling through an injected style element. */}
        <div className="ui-dialog-shade">
          <Radix.Content
            className={wide ? 'ui-dialog ui-dialog-wide' : 'ui-dialog'}
            {...described}
            onOpenAutoFocus={() => {
              opener.current = document.activeElement
            }}
            onCloseAutoFocus={event => {
              event.preventDefault()
              const last = returnTo?.current ?? opener.current
              if (last instanceof HTMLElement) last.focus()
            }}
          >
            <header className="ui-dialog-head">
              <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
              <Radix.Close className="ui-icon-btn ui-dialog-close" aria-label="Close">
                <Icon name="x" />
              </Radix.Close>
            </header>
            {description && <Radix.Description className="ui-dialog-text">{description}</Radix.Description>}
            {children && <div className="ui-dialog-body">{children}</div>}
            {actions && <footer className="ui-dialog-acts">{actions}</footer>}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}
