/** What this is, in a few sentences, and the way in. */
import { Link, useNavigate } from 'react-router'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { useConfig } from './composition-context.tsx'
import { Failure } from './failure.tsx'
import './home-intro.css'
import { lessonSearch } from './use-lesson-on.tsx'

/** Nobody needs them to sign in. */
const waysCode = ownCode(() => import('./more-ways.tsx'))
const lessonCode = ownCode(() => import('../lesson/lesson-entry.tsx'))

/**
 * @param early the lens is not there yet: the failure of the session stands here and not above, and nothing is offered
 * that would be lost when the lens comes
 */
export function HomeIntro({ early = false }: { early?: boolean }) {
  const client = useClient()
  const { status, error } = useSession(session => ({ status: session.status, error: session.error }))
  const config = useConfig()
  const problem = config.error ?? (early ? error : null)
  const navigate = useNavigate()
  const busy = status === 'signing_in' || status === 'signing_out'
  return (
    <div className="app-intro">
      {problem && <Failure error={problem} />}
      <h2>Sign in, and watch every message</h2>
      <p>
        The pale lines are what is about to happen. Each one turns solid when it does. The tokens, the hashes
        and the checks are real, and your own.
      </p>
      <p>
        PKCE in one sentence: the app shows the <b>hash</b> when it asks, and the <b>secret</b> when it
        collects, so a code stolen on the way is worth nothing.
      </p>
      <div className="app-intro-acts">
        {status === 'signed_in' ? (
          <Link className={buttonClass({ variant: 'primary', size: 'lg' })} to="/profile">
            See your profile
          </Link>
        ) : (
          !config.error && (
            <Button
              variant="primary"
              size="lg"
              icon="play"
              pending={busy}
              onClick={() => void client.signIn()}
            >
              Start the sign-in
            </Button>
          )
        )}
        {!config.error && (
          <Part
            code={lessonCode}
            props={{ onTake: () => void navigate(`/${lessonSearch}`) }}
            name="The lesson"
          />
        )}
      </div>
      <p className="caption">
        <Link to="/provider">Use your own provider</Link>
      </p>
      {!config.error && (
        <div className="app-intro-ways">
          {!early && <Part code={waysCode} props={{}} name="“More ways to sign in”" />}
        </div>
      )}
    </div>
  )
}
