/** A failure for a person: its code, what it means, and a way on. */
import { Link, useNavigate } from 'react-router'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { stepUpFor } from '../oauth/resource-refusal.ts'
import type { Retry } from '../profile/profile-page.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Alert } from '../ui/alert.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { errorText, wayOn } from './error-texts.ts'
import './error-view.css'

export interface ErrorViewProps {
  readonly error: OAuthErrorDetails
  readonly headingLevel?: 1 | 2
  /** What failed did not end the session: this tries it again. */
  readonly retry?: Retry | undefined
}

export default function ErrorView({ error, headingLevel, retry }: ErrorViewProps) {
  const client = useClient()
  const navigate = useNavigate()
  const signedIn = useSession(session => session.status === 'signed_in')
  const { title, text, advice } = errorText(error)
  const way = wayOn(error.code)
  const stepUp = stepUpFor(error)
  const Heading = headingLevel === 1 ? 'h1' : 'span'
  return (
    <Alert
      code={error.code}
      title={<Heading className="app-error-title">{title}</Heading>}
      actions={
        retry ? (
          <>
            {stepUp && (
              <Button variant="primary" onClick={() => void client.signIn(stepUp)}>
                {stepUp.moreScope === undefined ? 'Sign in as the API asks' : 'Sign in with this scope'}
              </Button>
            )}
            <Button variant={stepUp ? undefined : 'primary'} onClick={() => void retry.run()}>
              {retry.label}
            </Button>
            <Link className={buttonClass()} to={`/provider?failed=${error.code}`}>
              Open the diagnosis
            </Link>
          </>
        ) : (
          <>
            {signedIn && (
              <Button
                variant="primary"
                onClick={() => {
                  client.dismissError()
                  void navigate('/profile')
                }}
              >
                Back to your profile
              </Button>
            )}
            {way === 'sign_in' && !signedIn && (
              <Button variant="primary" onClick={() => void client.signIn({ returnTo: error.returnTo })}>
                Sign in again
              </Button>
            )}
            {way === 'reload' && (
              <Button variant="primary" onClick={() => location.reload()}>
                Try again
              </Button>
            )}
            <Link className={buttonClass()} to={`/provider?failed=${error.code}`}>
              Open the diagnosis
            </Link>
            <Link className={buttonClass({ variant: 'quiet' })} to="/" onClick={client.dismissError}>
              Go to the start
            </Link>
          </>
        )
      }
    >
      <p>{text}</p>
      {advice && <p>{advice}</p>}
      <Facts error={error} />
      {/* The API chose them, and whoever presses the button should know. */}
      {retry && stepUp?.moreScope !== undefined && (
        <p>
          This asks the provider for: <code>{stepUp.moreScope}</code>
        </p>
      )}
    </Alert>
  )
}

/** For the developer: what was compared, in the values of this run. */
function Facts({ error }: { error: OAuthErrorDetails }) {
  const facts: [string, string | number | undefined][] = [
    ['expected', error.expected],
    ['received', error.received],
    ['error', error.protocolError],
    ['error_description', error.protocolDescription],
    ['status', error.httpStatus],
    ['endpoint', error.endpoint],
    ['issuer', error.issuer],
    ['written in', error.clause],
  ]
  const known = facts.filter(([, value]) => value !== undefined && value !== '')
  if (known.length === 0) return null
  return (
    <Disclosure summary="For the developer">
      <dl className="app-error-facts">
        {known.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
