/** How long the access token still lives, and when it is renewed silently. */
import { useSession } from '../session/session-provider.tsx'
import './access-token-clock.css'
import { Button } from '../ui/button.tsx'
import { clockTime, spokenDuration } from '../ui/format.ts'
import { Meter } from '../ui/meter.tsx'
import { SectionHead } from '../ui/page.tsx'
import { useNow } from '../ui/use-now.tsx'

export function AccessTokenClock({
  headingId,
  onRenew,
}: {
  headingId: string
  onRenew: () => Promise<void>
}) {
  const { token, renewal, renewals, scope, tokenType } = useSession(session => ({
    token: session.accessToken,
    renewal: session.renewal,
    renewals: session.renewals,
    scope: session.scope,
    tokenType: session.tokenType,
  }))
  const now = useNow()
  const left = token?.expiresAt ? Math.max(0, token.expiresAt - now) : null
  const whole = token?.expiresAt ? token.expiresAt - token.receivedAt : null
  const renewIn = token?.renewAt ? Math.max(0, token.renewAt - now) : null
  return (
    <>
      <SectionHead
        title="Access token"
        id={headingId}
        end={renewals > 0 ? `renewed ${renewals} ${renewals === 1 ? 'time' : 'times'}` : null}
      />
      {left === null || whole === null ? (
        <p className="profile-unknown">
          The provider did not say how long it lives. The API will tell when it is over.
        </p>
      ) : (
        <div className="profile-clock">
          <span className="profile-big" aria-hidden="true">
            {clockTime(left)}
          </span>
          <span className="visually-hidden">{spokenDuration(left)} left</span>
          <div>
            <Meter v="access" value={left / whole} label="Life of the access token" />
            <small>
              of {clockTime(whole)} left.{' '}
              {renewal === 'renewing'
                ? 'It is being renewed now.'
                : renewal === 'reconnecting'
                  ? 'The renewal waits for the network.'
                  : renewal === 'unavailable'
                    ? 'Nothing can renew it silently.'
                    : renewIn !== null && `A silent refresh comes in ${clockTime(renewIn)}.`}
            </small>
          </div>
        </div>
      )}
      <dl className="profile-facts">
        <div>
          <dt>type</dt>
          <dd>{tokenType}</dd>
        </div>
        <div>
          <dt>scope</dt>
          <dd>{scope}</dd>
        </div>
      </dl>
      {renewal === 'unavailable' && <Button onClick={() => void onRenew()}>Try to renew</Button>}
    </>
  )
}
