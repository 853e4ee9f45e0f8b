/** Around every page: the bar, the place for the page, the polite announcements. */
import { type RefObject, Suspense, useDeferredValue, useRef } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { useDebugger } from '../pause/use-debugger.tsx'
import { claimsOf, nameOf } from '../profile/person-name.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Brand } from '../ui/logo.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { Status } from '../ui/status.tsx'
import { ThemeToggle } from '../ui/theme-toggle.tsx'
import { Nav, TopBar } from '../ui/top-bar.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { Docked } from './docked.tsx'
import { PageBoundary } from './page-boundary.tsx'
import './shell.css'
import { SessionChip } from './session-chip.tsx'
import { SessionStatusLine } from './session-status-line.tsx'

/** Known with the configuration at the earliest, and nobody waits for it. */
const whereCode = ownCode(() => import('./where-pill.tsx').catch(() => ({ default: () => null })))

const heldCode = ownCode(() => import('./held-banner.tsx'))

export function Shell({ leadsToProfile }: { leadsToProfile: boolean }) {
  const { pathname } = useLocation()
  const shell = useRef<HTMLDivElement>(null)
  // The flow page and a held callback have the lens over the whole width.
  const whole = pathname === '/' || (pathname === '/callback' && !leadsToProfile)
  const page = (
    <main id="content" className="app-main" tabIndex={-1}>
      <PageBoundary path={pathname}>
        <Suspense fallback={<Progress label="Loading the page" />}>
          <Outlet />
        </Suspense>
      </PageBoundary>
    </main>
  )
  return (
    <div className="app-shell" ref={shell}>
      <SkipLink to="content">Skip to the content</SkipLink>
      <TopBar
        brand={
          <Link to="/" className="app-brand" aria-label="PKCE Lens, start">
            <Brand />
          </Link>
        }
        nav={
          <Nav label="Main">
            <Link to="/" aria-current={whole ? 'page' : undefined}>
              Flow
            </Link>
            <NavLink to="/profile">Profile</NavLink>
            <NavLink to="/experiments">Experiments</NavLink>
            <NavLink to="/provider">Provider</NavLink>
          </Nav>
        }
        end={
          <>
            <Part code={whereCode} props={{}} name="The provider" />
            <ThemeToggle />
            <Who />
          </>
        }
      />
      <SessionStatusLine />
      <Status>{!whole && <Held />}</Status>
      {whole && page}
      {!whole && (pathname === '/experiments' ? page : <Docked>{page}</Docked>)}
      <KeptFocus shell={shell} />
    </div>
  )
}

function Held() {
  const { state } = useDebugger()
  return state.held && <Part code={heldCode} props={{}} name="The note of the held message" />
}

/** What goes with its page, with the session or with a held message hands its focus to the page that is there then. */
function KeptFocus({ shell }: { shell: RefObject<HTMLElement | null> }) {
  useSession()
  useDebugger()
  useKeptFocus(shell, '#content')
  return null
}

function Who() {
  const client = useClient()
  const { pathname } = useLocation()
  const { status, name, isKnown } = useSession(session => ({
    status: session.status,
    name: nameOf(claimsOf(session)),
    isKnown: session.claims !== null,
  }))
  // Right after the page, whose heading is the name.
  const drawn = useDeferredValue(status)
  // The profile, and the callback that becomes it, have buttons of their own.
  const own = ['/callback', '/profile'].includes(pathname)
  // Whoever is asked for more is signed in, and may leave.
  if (isKnown && status !== 'signing_out')
    return (
      drawn === status && (
        <>
          <SessionChip name={name} />
          {!own && <IconButton icon="out" label="Sign out" onClick={() => void client.signOut()} />}
        </>
      )
    )
  if (own) return null
  const isStarting = status === 'starting'
  return (
    <Button
      className={isStarting ? 'app-late' : undefined}
      pending={status !== 'signed_out' && !isStarting}
      onClick={() => void client.signIn()}
    >
      Sign in
    </Button>
  )
}
