import type { ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useReveal } from './reveal-context.tsx'
import './secret.css'

/** A secret: dots that are a button; once shown, the text with buttons to hide and to copy it. */
export function Secret({
  name,
  id,
  text,
  children = text,
}: {
  name: string
  /** see `revealKey` */
  id: string
  text: string
  /** how the text is drawn once it is shown */
  children?: ReactNode
}) {
  const { isShown, toggle } = useReveal()
  if (!isShown(id))
    return (
      <button type="button" className="inspector-dots" aria-label={`Show ${name}`} onClick={() => toggle(id)}>
        <span aria-hidden="true">••••••••</span>
      </button>
    )
  return (
    <span>
      {children}
      <span className="inspector-shown-acts">
        <button
          type="button"
          className="inspector-hide"
          aria-label={`Hide ${name}`}
          onClick={() => toggle(id)}
        >
          <Icon name="eye-off" size="xs" />
        </button>
        <CopyButton text={text} label={`Copy ${name}`} size="s" />
      </span>
    </span>
  )
}
