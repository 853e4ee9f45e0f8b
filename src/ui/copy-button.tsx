import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'

type Outcome = 'idle' | 'copied' | 'refused'

const said: Record<Outcome, string> = {
  idle: '',
  copied: 'Copied',
  refused: 'Could not copy. Select the text instead.',
}

/** How long the tick stays, in ms. */
const shown = 2000

/** Copies `text`, shows a tick, and says so politely. With `children` it is a worded button, without an icon button. */
export function CopyButton({
  text,
  label,
  children,
  size,
}: {
  text: string | (() => string)
  /** the accessible name, for example `Copy the address` */
  label: string
  children?: string
  size?: 's'
}) {
  const [outcome, setOutcome] = useState<Outcome>('idle')

  useEffect(() => {
    if (outcome === 'idle') return
    const timer = setTimeout(() => setOutcome('idle'), shown)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
  }

  const icon = outcome === 'copied' ? 'check' : outcome === 'refused' ? 'alert' : 'copy'
  return (
    <>
      {children ? (
        <Button
          icon={icon}
          size={size}
          variant="quiet"
          aria-label={outcome === 'copied' ? undefined : label}
          onClick={copy}
        >
          {outcome === 'copied' ? 'Copied' : children}
        </Button>
      ) : (
        <IconButton icon={icon} size={size} label={label} onClick={copy} />
      )}
      <span className="visually-hidden" role="status">
        {said[outcome]}
      </span>
    </>
  )
}
