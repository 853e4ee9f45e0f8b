/** Announces what happens to the session, politely; silent renewals are not announced. */
import { useLocation } from 'react-router'
import { claimsOf, nameOf } from '../profile/person-name.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Status } from '../ui/status.tsx'
import { statusWords } from './status-words.ts'

/** Nobody needs them before somebody has left, and nobody misses words that did not come. */
const awayCode = ownCode(() => import('./still-away.tsx').catch(() => ({ default: () => null })))

const hereOnlyCode = ownCode(() => import('./signed-out-here.tsx').catch(() => ({ default: () => null })))

export function SessionStatusLine() {
  const client = useClient()
  const { pathname } = useLocation()
  const { status, words, renewal, warning } = useSession(session => ({
    status: session.status,
    warning: session.status === 'signed_out' ? session.warnings[0] : undefined,
    renewal: session.status === 'signed_in' ? session.renewal : 'idle',
    words:
      session.status === 'signed_in'
        ? `Signed in as ${nameOf(claimsOf(session))}`
        : statusWords[session.status],
  }))
  return (
    <>
      <Status quiet>{warning ? 'Signed out here only' : words}</Status>
      {/^signing_/.test(status) && pathname !== '/callback' && (
        <Part code={awayCode} props={{}} name="This note" />
      )}
      {warning && <Part code={hereOnlyCode} props={{ code: warning }} name="This note" />}
      <Status>
        {renewal === 'reconnecting' && (
          <div className="app-strip">
            The provider cannot be reached. Your session waits and goes on by itself.
            <Button size="s" onClick={() => void client.renew().catch(() => {})}>
              Try now
            </Button>
          </div>
        )}
      </Status>
    </>
  )
}
