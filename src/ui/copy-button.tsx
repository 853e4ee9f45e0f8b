import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import './copy-button.css'
import { IconButton } from './icon-button.tsx'

type Outcome = 'idle' | 'copied' | 'refused'

const said: Record<Outcome, string> = {
  idle: '',
  copied: 'Copied',
  refused: 'Could not copy. Select the text instead.',
}

/** How long the tick stays, in ms. */
const shown = 2000

const selectAll = (field: HTMLTextAreaElement | null) => {
  field?.focus()
  field?.select()
}

/**
 * Copies `text`, shows a tick, and says so politely. With `children` it is a worded button, without an icon button.
 * A text that is made when it is wanted stands nowhere on the page: where the browser refuses to copy, it is shown.
 */
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

  // A refusal stays: what to do instead takes its time.
  useEffect(() => {
    if (outcome !== 'copied') return
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
      <span className={outcome === 'refused' ? 'ui-copy-refused' : 'visually-hidden'} role="status">
        {said[outcome]}
      </span>
      {outcome === 'refused' && typeof text === 'function' && (
        <textarea
          ref={selectAll}
          className="ui-input ui-copy-by-hand"
          aria-label="Text to copy"
          readOnly
          rows={4}
          value={text()}
        />
      )}
    </>
  )
}
