/** While it is not known who is here, or somebody leaves: a calm moment, the same until the page and the session are there. */
import { useMatch } from 'react-router'
import { useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import './session-wait.css'
import { statusWords } from './status-words.ts'

export function SessionWait() {
  const status = useSession(session => session.status)
  const arriving = useMatch('/callback') !== null
  const words = arriving
    ? 'Finishing your sign-in'
    : statusWords[status === 'signed_in' ? 'starting' : status]
  return (
    <Page>
      <div className="app-wait">
        <h1>{words}</h1>
        {arriving && <p>The provider sent you back. The app checks that the answer is really for you.</p>}
        <Progress label={words} />
      </div>
    </Page>
  )
}
