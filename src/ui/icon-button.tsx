import { type ComponentPropsWithRef, lazy, Suspense, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './icon-button.css'

/** A tooltip only repeats the name, so it comes when it is asked for, or not: a page is usable without its 20 kB. */
const Tooltip = lazy(() => import('./tooltip.tsx').catch(() => ({ default: () => null })))

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> & {
  icon: IconName
  /** the accessible name, and the word that floats beside it */
  label: string
  /** a single key that does the same */
  kbd?: string
  size?: 's' | undefined
  /** a toggle: sets `aria-pressed` */
  pressed?: boolean
}

/** A square button with an icon, named by `label`. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, kbd, size, pressed, className, ...rest } = props
  const [asked, ask] = useState<'hover' | 'focus' | null>(null)
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-keyshortcuts={kbd}
      aria-pressed={pressed}
      className={['ui-icon-btn', size && `ui-icon-btn-${size}`, className].filter(Boolean).join(' ')}
      onPointerEnter={event => {
        rest.onPointerEnter?.(event)
        if (event.pointerType !== 'touch') ask('hover')
      }}
      onPointerLeave={event => {
        rest.onPointerLeave?.(event)
        ask(null)
      }}
      onFocus={event => {
        rest.onFocus?.(event)
        if (event.currentTarget.matches(':focus-visible')) ask('focus')
      }}
      onBlur={event => {
        rest.onBlur?.(event)
        ask(null)
      }}
      onClick={event => {
        ask(null)
        rest.onClick?.(event)
      }}
    >
      <Icon name={icon} />
      {asked && (
        <Suspense>
          <Tooltip text={label} kbd={kbd} patient={asked === 'hover'} onDismiss={() => ask(null)} />
        </Suspense>
      )}
    </button>
  )
}
