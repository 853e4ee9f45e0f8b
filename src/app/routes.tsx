/** The addresses of the app. Pages that a sign-in does not need are loaded when they are visited. */
import { BrowserRouter, Route, Routes } from 'react-router'
import { ownCode } from '../ui/own-code.tsx'
import { basePath } from './arrival.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { profileCode } from './profile-code.ts'
import { pageCode, RoutePage } from './route-page.tsx'
import { Shell } from './shell.tsx'
import { StartPage } from './start-page.tsx'
import { useCallbackPending } from './use-arrival.tsx'

/** Asked for at once where a sign-in ends, so that it is there when the tokens are. */
if (/\/(callback|profile)$/.test(location.pathname)) void profileCode.preload()

// A key each: the router would give one page the state of another.
const profile = pageCode(profileCode)
const experiments = pageCode(ownCode(() => import('./experiments-route.tsx')))
const provider = pageCode(ownCode(() => import('./provider-route.tsx')))

export function AppRoutes() {
  const pending = useCallbackPending()
  return (
    // As a transition, React would draw the end of a callback in slices between other work. Clicks stay transitions:
    // the old page is there until the code of the next one is.
    <BrowserRouter basename={basePath} useTransitions={pending ? false : undefined}>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<StartPage />} />
          <Route path="callback" element={<StartPage />} />
          <Route path="profile" element={<RoutePage key="profile" code={profile} />} />
          <Route path="experiments" element={<RoutePage key="experiments" code={experiments} />} />
          <Route path="provider" element={<RoutePage key="provider" code={provider} />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}
