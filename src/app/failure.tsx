/** A failure, in words: they weigh a few kilobytes, so they are loaded behind the page. */
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { ownCode, useCode } from '../ui/own-code.tsx'
import type { ErrorViewProps } from './error-view.tsx'

const words = ownCode(() => import('./error-view.tsx'))

export function Failure(props: ErrorViewProps) {
  const { Component: ErrorView, error } = useCode(words)
  if (error) return <PlainFailure {...props} />
  return ErrorView && <ErrorView {...props} />
}

/** Without the words, for example offline: the code and the way on. */
function PlainFailure({ error }: ErrorViewProps) {
  return (
    <Alert
      code={error.code}
      title="That did not work"
      actions={<Button onClick={() => location.reload()}>Try again</Button>}
    >
      <p>The app could not load the words for this failure. Its code is {error.code}.</p>
    </Alert>
  )
}
