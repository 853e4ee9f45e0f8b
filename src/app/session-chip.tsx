/** Who is signed in, with the access token's remaining life as a ring; leads to the profile. */
import { Link } from 'react-router'
import { useSession } from '../session/session-provider.tsx'
import { clockTime, initial, spokenDuration } from '../ui/format.ts'
import { Ring } from '../ui/ring.tsx'
import { useNow } from '../ui/use-now.tsx'

export function SessionChip({ name }: { name: string }) {
  const token = useSession(session => session.accessToken)
  const now = useNow()
  const left = token?.expiresAt ? Math.max(0, token.expiresAt - now) : null
  const life = token?.expiresAt && left !== null ? left / (token.expiresAt - token.receivedAt) : null
  const words =
    left === null ? 'its access token has no stated end' : `access token valid for ${spokenDuration(left)}`
  return (
    <Link to="/profile" className="app-session">
      <Ring life={life} initial={initial(name)} />
      <span className="app-session-name">
        <bdi>{name.split(/\s/)[0]}</bdi>
      </span>
      {left !== null && (
        <span className="app-session-left" aria-hidden="true">
          {clockTime(left)}
        </span>
      )}
      <span className="visually-hidden">
        , {name}, {words}
      </span>
    </Link>
  )
}
