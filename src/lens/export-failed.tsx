import type { RefObject } from 'react'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

const words = {
  file: {
    title: 'Nothing was saved',
    what: 'This file could not be made',
    advice: 'Try again, or choose another format.',
  },
  picture: {
    title: 'Nothing was saved',
    what: 'This browser cannot make that picture',
    advice: 'Choose SVG instead.',
  },
  link: {
    title: 'Nothing was copied',
    what: 'The link could not be copied',
    advice: 'Allow this address to use the clipboard, or load the page again.',
  },
} as const

/** What could not leave. */
export type Unmade = keyof typeof words

/** Says that nothing came of it, and what to do instead. */
export function ExportFailed({
  unmade,
  returnTo,
  onClose,
}: {
  unmade: Unmade | null
  /** Takes the focus afterwards. */
  returnTo: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  if (unmade === null) return null
  const { title, what, advice } = words[unmade]
  return (
    <Dialog
      open
      returnTo={returnTo}
      onOpenChange={onClose}
      title={title}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Alert code="unexpected" title={what}>
        {advice}
      </Alert>
    </Dialog>
  )
}
