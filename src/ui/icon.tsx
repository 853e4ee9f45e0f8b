import './icon.css'
import { type IconName, type IconShape, iconShapes } from './icon-shapes.ts'

export type { IconName } from './icon-shapes.ts'

/** A drawn icon. Decorative unless `title` gives it a name of its own. */
export function Icon({
  name,
  size,
  className,
  title,
}: {
  name: IconName
  /** `xs` 12, `s` 14, none 16, `l` 20 px */
  size?: 'xs' | 's' | 'l'
  className?: string
  title?: string
}) {
  const classes = ['ui-icon', size && `ui-icon-${size}`, className].filter(Boolean).join(' ')
  const shapes: readonly IconShape[] = iconShapes[name]
  return (
    <svg
      className={classes}
      viewBox="0 0 16 16"
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      focusable="false"
    >
      {shapes.map(shape => (
        <Stroke key={typeof shape === 'string' ? shape : shape.d} shape={shape} />
      ))}
    </svg>
  )
}

function Stroke({ shape }: { shape: IconShape }) {
  if (typeof shape === 'string') return <path d={shape} />
  if (shape.faint) return <path d={shape.d} fill="currentColor" fillOpacity={0.35} stroke="none" />
  return (
    <path
      d={shape.d}
      fill={shape.fill ? 'currentColor' : undefined}
      stroke={shape.fill === 'solid' ? 'none' : shape.onSolid ? 'var(--on-solid)' : undefined}
      strokeWidth={shape.width}
    />
  )
}
