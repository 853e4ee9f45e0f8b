import { useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'

/** When CORS hides a public document: the person opens it in a tab, copies it, and the doctor goes on with that. */
export function PasteDocument({
  what,
  url,
  onPaste,
}: {
  what: 'discovery' | 'keys'
  url: string | null
  onPaste: (text: string) => void
}) {
  const id = useId()
  const [text, setText] = useState('')
  const name = what === 'discovery' ? 'discovery document' : 'key set'
  return (
    <Disclosure className="doctor-paste" summary={`Paste the ${name} and go on`}>
      <label htmlFor={id}>
        {url ? (
          <>
            Open{' '}
            <a href={url} target="_blank" rel="noreferrer">
              {url}
            </a>{' '}
            in another tab, copy all of it, and paste it here.
          </>
        ) : (
          `Open the ${name} in another tab, copy all of it, and paste it here.`
        )}{' '}
        It will be marked as unverified.
      </label>
      <textarea
        id={id}
        className="ui-input"
        rows={4}
        spellCheck={false}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <Button size="s" disabled={text.trim() === ''} onClick={() => onPaste(text)}>
        Go on with this
      </Button>
    </Disclosure>
  )
}
