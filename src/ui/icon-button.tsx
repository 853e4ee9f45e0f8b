import { type ComponentPropsWithRef, lazy, Suspense } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './icon-button.css'

/** A tooltip only repeats the name, so it may come late: a page is usable without its 20 kB. */
const Tooltip = lazy(async () => ({ default: (await import('./tooltip.tsx')).Tooltip }))

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> & {
  icon: IconName
  /** the accessible name, and the word that floats beside it */
  label: string
  /** a single key that does the same */
  kbd?: string
  size?: 's'
  /** a toggle: sets `aria-pressed` */
  pressed?: boolean
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A square button with an icon, named by `label`. */
export function IconButton({ label, kbd, side, pressed, ...rest }: IconButtonProps) {
  const face = (
    <Face
      {...rest}
      aria-label={label}
      aria-keyshortcuts={kbd}
      aria-pressed={pressed}
      describedBy={rest['aria-describedby']}
    />
  )
  return (
    <Suspense fallback={face}>
      <Tooltip text={label} kbd={kbd} side={side}>
        {face}
      </Tooltip>
    </Suspense>
  )
}

type FaceProps = ComponentPropsWithRef<'button'> &
  Pick<IconButtonProps, 'icon' | 'size'> & { describedBy?: string }

/* The floating word only repeats the name, so the description that a tooltip adds is left out: once is enough. */
function Face({ icon, size, className, describedBy, ...rest }: FaceProps) {
  const classes = ['ui-icon-btn', size && `ui-icon-btn-${size}`, className].filter(Boolean).join(' ')
  return (
    <button type="button" {...rest} aria-describedby={describedBy} className={classes}>
      <Icon name={icon} />
    </button>
  )
}
