/** While it is not yet known who is here: a calm moment, the same until the page and until the session is there. */
import { useMatch } from 'react-router'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import './session-wait.css'

export function SessionWait() {
  const arriving = useMatch('/callback') !== null
  const words = arriving ? 'Finishing your sign-in' : 'Looking for your session'
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
