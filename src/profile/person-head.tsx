/** Name, e-mail and picture: at once from the verified ID token, completed when the profile is there. */
import { useState } from 'react'
import { isLoopback, isSecureUrl } from '../oauth/client-config.ts'
import { useClient, useProfile, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { initial, relativeTime, timeOfDay } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { useNow } from '../ui/use-now.tsx'
import './person-head.css'
import { claimsOf, nameOf, textOf } from './person-name.ts'

export function PersonHead({ onRenew }: { onRenew: () => Promise<void> }) {
  const client = useClient()
  const session = useSession(({ claims, issuer, signedInAt, renewal }) => ({
    claims,
    issuer,
    signedInAt,
    renewal,
  }))
  const profile = useProfile()
  const claims = claimsOf({ claims: session.claims, profile })
  const name = nameOf(claims)
  const email = textOf(claims['email'])
  return (
    <section className="profile-me" aria-label="Signed-in person">
      <Picture url={textOf(claims['picture'])} issuer={session.issuer} name={name} />
      <div className="profile-who">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {email && (
          <p className="profile-mail">
            {email}
            {isVerified(email, [profile.claims, session.claims]) && (
              <>
                <Icon name="stamp" size="s" />
                <span className="visually-hidden">verified</span>
              </>
            )}
          </p>
        )}
        {session.issuer && session.signedInAt !== null && (
          <p className="profile-since">
            Signed in with {new URL(session.issuer).host} at {timeOfDay(session.signedInAt, 'minute')},{' '}
            <Ago at={session.signedInAt} />
          </p>
        )}
      </div>
      <div className="profile-acts">
        <Button icon="refresh" pending={session.renewal === 'renewing'} onClick={() => void onRenew()}>
          Refresh token
        </Button>
        <Button icon="out" onClick={() => void client.signOut()}>
          Sign out
        </Button>
      </div>
    </section>
  )
}

/** Whoever gave another address says nothing of this one. What the API says is newer than the ID token. */
const isVerified = (email: string, sources: readonly (Readonly<Record<string, unknown>> | null)[]) =>
  sources.find(each => each?.['email'] === email && 'email_verified' in each)?.['email_verified'] === true

function Ago({ at }: { at: number }) {
  const now = useNow()
  return <span className="profile-ago">{relativeTime(at, now)}</span>
}

/** Somebody else chose the address: this computer is asked only for a provider that runs here, and no referrer goes along. */
function Picture({ url, issuer, name }: { url: string | null; issuer: string | null; name: string }) {
  const [broken, setBroken] = useState<string | null>(null)
  const usable = url !== null && url !== broken && URL.canParse(url) && mayLoad(new URL(url), issuer)
  return usable ? (
    <img
      className="profile-pic"
      src={url}
      alt=""
      width={76}
      height={76}
      referrerPolicy="no-referrer"
      onError={() => setBroken(url)}
    />
  ) : (
    <div className="profile-pic" role="img" aria-label={`No picture; initial ${initial(name)}`}>
      {initial(name)}
    </div>
  )
}

const mayLoad = (url: URL, issuer: string | null) =>
  isSecureUrl(url) && (!isLoopback(url.hostname) || (issuer !== null && isLoopback(new URL(issuer).hostname)))
