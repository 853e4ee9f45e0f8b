/** Under the way in: the other ways, and what to do when the sign-in has been seen. Nobody needs it for a sign-in. */
import { Link } from 'react-router'
import { Mini, type MiniProps } from '../lens/mini.tsx'
import { Icon } from '../ui/icon.tsx'
import './home-below.css'
import MoreWays from './more-ways.tsx'

const attacks: readonly (MiniProps & { readonly page: string; readonly words: string })[] = [
  {
    from: 'app',
    to: 'authorization-server',
    channel: 'back',
    page: '/experiments?experiment=stolen-code-wrong-verifier',
    words: 'Redeem a stolen code with another secret',
  },
  {
    from: 'authorization-server',
    to: 'app',
    channel: 'front',
    page: '/experiments?experiment=forged-state',
    words: 'Come back with a state that is not yours',
  },
  {
    from: 'resource-server',
    to: 'resource-server',
    channel: 'check',
    page: '/experiments',
    words: 'Run every attack and see who stops it',
  },
]

export function HomeBelow() {
  return (
    <>
      <MoreWays />
      <nav className="app-break" aria-labelledby="app-break-title">
        <h3 id="app-break-title">Then break it</h3>
        <ul>
          {attacks.map(({ page, words, ...mini }) => (
            <li key={page}>
              <Link to={page}>
                <Mini {...mini} />
                {words}
                <Icon name="right" size="s" />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  )
}
