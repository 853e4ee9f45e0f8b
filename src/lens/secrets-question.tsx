import { type RefObject, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** Formats in which secrets can leave. */
export type SecretFormat = 'json' | 'har' | 'markdown'

/** Asks twice before codes and tokens leave the page: what will be in the file, then whether that is understood. */
export function SecretsQuestion({
  open,
  returnTo,
  onClose,
  onExport,
}: {
  open: boolean
  /** Takes the focus afterwards. */
  returnTo: RefObject<HTMLElement | null>
  onClose: () => void
  onExport: (format: SecretFormat) => void
}) {
  const [format, setFormat] = useState<SecretFormat>('json')
  const [asked, setAsked] = useState(false)
  const [understood, setUnderstood] = useState(false)
  const close = () => {
    setAsked(false)
    setUnderstood(false)
    onClose()
  }
  const cancel = <Button onClick={close}>Cancel</Button>
  if (!asked)
    return (
      <Dialog
        key="first"
        open={open}
        returnTo={returnTo}
        onOpenChange={close}
        title="Export with secrets?"
        description="The file will hold the codes and tokens of this story as they are. Without secrets, each is replaced by its length and the start of its hash, which is enough to show a problem to somebody."
        actions={
          <>
            {cancel}
            <Button variant="primary" onClick={() => setAsked(true)}>
              Continue
            </Button>
          </>
        }
      >
        <Segmented
          label="Format"
          value={format}
          onChange={setFormat}
          options={[
            { value: 'json', label: 'JSON' },
            { value: 'har', label: 'HAR 1.2' },
            { value: 'markdown', label: 'Markdown' },
          ]}
        />
      </Dialog>
    )
  return (
    <Dialog
      key="second"
      open={open}
      returnTo={returnTo}
      onOpenChange={close}
      title="This file opens your account"
      description="Whoever has it can act as you until the tokens end, and a refresh token can last for weeks. Do not attach it to an issue and do not send it."
      actions={
        <>
          {cancel}
          <Button
            variant="primary"
            disabled={!understood}
            onClick={() => {
              onExport(format)
              close()
            }}
          >
            Export with secrets
          </Button>
        </>
      }
    >
      <label className="lens-understood">
        <input
          type="checkbox"
          checked={understood}
          onChange={event => setUnderstood(event.currentTarget.checked)}
        />
        I understand, and keep it to myself
      </label>
    </Dialog>
  )
}
