/** What this is, in a few sentences, and the way in. */
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { useConfig } from './composition-context.tsx'
import { Failure } from './failure.tsx'
import './home-intro.css'
import { lessonSearch } from './lesson-search.ts'

const lessonCode = ownCode(() => import('../lesson/lesson-entry.tsx'))

export interface HomeIntroProps {
  /**
   * Both come with the lens, and their places are kept free. Before that a failure stands here and not above, and
   * nothing is offered that would be lost when the lens comes.
   */
  readonly picture?: ReactNode
  readonly below?: ReactNode
}

export function HomeIntro({ picture, below }: HomeIntroProps) {
  const client = useClient()
  const { status, error } = useSession(session => ({ status: session.status, error: session.error }))
  const config = useConfig()
  const problem = below ? null : (config.error ?? error)
  const navigate = useNavigate()
  const busy = status === 'signing_in' || status === 'signing_out'
  return (
    <div className="app-intro">
      {problem && <Failure error={problem} />}
      <h2>Sign in, and watch every message</h2>
      <p>
        You sign in at a provider, and the app never sees your password. That is OAuth. Each pale line is a
        message to come, and turns solid when it happens. All of it is real, and your own.
      </p>
      <div className="app-intro-picture">{picture}</div>
      <p className="app-intro-why">
        The provider (authorization server) sends you back with a one-time code, and the app swaps it for keys
        to an API (resource server). PKCE guards the swap: the app first shows the <b>hash</b> of a secret,
        its fingerprint, and then the <b>secret</b> itself. A stolen code is worth nothing.
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
      {!config.error && <div className="app-intro-ways">{below}</div>}
    </div>
  )
}
