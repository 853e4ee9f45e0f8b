import { OAuthError } from '../oauth/oauth-error.ts'
import type { Trace } from '../trace/entry.ts'
import { importTrace } from '../trace/trace-file.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** What was read from a file that the person chose. */
export type Imported = { readonly trace: Trace } | { readonly code: string; readonly reason: string }

export async function readTrace(file: File): Promise<Imported> {
  try {
    return { trace: importTrace(await file.text()) }
  } catch (error) {
    if (error instanceof OAuthError)
      return { code: error.code, reason: error.details.hints?.[0] ?? 'This file is not a trace.' }
    return { code: 'trace_file_invalid', reason: 'This file could not be read.' }
  }
}

/** Says what is wrong with the file, or asks before the story on the screen gives way to it. */
export function ImportDialog({
  imported,
  onClose,
  onLoad,
}: {
  imported: Imported | null
  onClose: () => void
  onLoad: (trace: Trace) => void
}) {
  if (imported === null) return null
  if ('code' in imported)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title="This is not a trace"
        actions={<Button onClick={onClose}>Close</Button>}
      >
        <Alert code={imported.code} title={imported.reason}>
          Choose a JSON file that was exported here.
        </Alert>
      </Dialog>
    )
  const { trace } = imported
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Show this trace?"
      description={`It holds ${trace.entries.length} entries. The stories on the screen give way to it; your session goes on.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onLoad(trace)
              onClose()
            }}
          >
            Show it
          </Button>
        </>
      }
    />
  )
}
