/** The addresses of the app. Pages that a sign-in does not need are loaded when they are visited. */
import { lazy } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { basePath } from './arrival.ts'
import { EarlyProfile, preloadProfile } from './early-profile.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell.tsx'
import { StartPage } from './start-page.tsx'
import { useCallbackPending } from './use-arrival.tsx'

/** Asked for at once where a sign-in ends, so that it is there when the tokens are. */
if (/\/(callback|profile)$/.test(location.pathname)) void preloadProfile()

const Experiments = lazy(() => import('./experiments-route.tsx'))
const Provider = lazy(() => import('./provider-route.tsx'))

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
          <Route path="profile" element={<EarlyProfile />} />
          <Route path="experiments" element={<Experiments />} />
          <Route path="provider" element={<Provider />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}
