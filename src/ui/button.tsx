import type { ComponentPropsWithRef, MouseEvent } from 'react'
import './button.css'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

export type ButtonLook = { variant?: 'primary' | 'quiet' | undefined; size?: 's' | 'lg' | undefined }

type ButtonProps = ButtonLook &
  ComponentPropsWithRef<'button'> & {
    icon?: IconName
    /** a single key that does the same; drawn as a cap, announced as `aria-keyshortcuts` */
    kbd?: string
    /** working on it: keeps focus, ignores presses, `aria-busy` */
    pending?: boolean
    /** a toggle: sets `aria-pressed` */
    pressed?: boolean
  }

/** A push button. `type` is `button` unless said otherwise. */
export function Button(props: ButtonProps) {
  const { variant, size, icon, kbd, pending, pressed, className, children, onClick, ...rest } = props
  return (
    <button
      type="button"
      aria-keyshortcuts={kbd}
      aria-pressed={pressed}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      {...rest}
      className={buttonClass({ variant, size }, className)}
      onClick={(event: MouseEvent<HTMLButtonElement>) =>
        pending ? event.preventDefault() : onClick?.(event)
      }
    >
      {pending ? <span className="ui-btn-spin" aria-hidden="true" /> : icon && <Icon name={icon} size="s" />}
      {children}
      {kbd && <Kbd quiet>{kbd}</Kbd>}
    </button>
  )
}

/** The class of a button's look, for links that should look like one. */
export function buttonClass({ variant, size }: ButtonLook = {}, more?: string): string {
  return ['ui-btn', variant && `ui-btn-${variant}`, size && `ui-btn-${size}`, more].filter(Boolean).join(' ')
}
