/** The addresses of the app. Pages that a sign-in does not need are loaded when they are visited. */
import { BrowserRouter, Route, Routes } from 'react-router'
import { ownCode } from '../ui/own-code.tsx'
import { basePath } from './arrival.ts'
import { profileCode } from './profile-code.ts'
import { pageCode, RoutePage } from './route-page.tsx'
import { SessionWait } from './session-wait.tsx'
import { Shell } from './shell.tsx'
import { StartPage } from './start-page.tsx'
import { useArrival } from './use-arrival.tsx'

/** Asked for at once where a sign-in ends, so that it is there when the tokens are. */
if (/\/(callback|profile)$/.test(location.pathname)) void profileCode.preload()

// A key each: the router would give one page the state of another.
const profile = pageCode(profileCode)
const experiments = pageCode(ownCode(() => import('./experiments-route.tsx')))
const nowhere = pageCode(ownCode(() => import('./not-found-page.tsx')))
const provider = pageCode(ownCode(() => import('./provider-route.tsx')))

const profilePage = <RoutePage key="profile" code={profile} waiting={<SessionWait />} />

export function AppRoutes() {
  return (
    <BrowserRouter basename={basePath}>
      <Pages />
    </BrowserRouter>
  )
}

function Pages() {
  const { leadsToProfile } = useArrival()
  return (
    <Routes>
      <Route element={<Shell leadsToProfile={leadsToProfile} />}>
        <Route index element={<StartPage />} />
        <Route path="callback" element={leadsToProfile ? profilePage : <StartPage />} />
        <Route path="profile" element={profilePage} />
        <Route path="experiments" element={<RoutePage key="experiments" code={experiments} />} />
        <Route path="provider" element={<RoutePage key="provider" code={provider} />} />
        <Route path="*" element={<RoutePage key="nowhere" code={nowhere} />} />
      </Route>
    </Routes>
  )
}
