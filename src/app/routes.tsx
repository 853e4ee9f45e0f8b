/** The addresses of the app. Pages that a sign-in does not need are loaded when they are visited. */
import { lazy, Suspense, use } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import { basePath } from './arrival.ts'
import { CallbackPage } from './callback-page.tsx'
import { useComposition } from './composition-context.tsx'
import { HomePage } from './home-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell.tsx'

/** Asked for at once where a sign-in ends, so that it is there when the tokens are. */
const profileRoute = () => import('./profile-route.tsx')
if (/\/(callback|profile)$/.test(location.pathname)) void profileRoute()

const Profile = lazy(profileRoute)
const Experiments = lazy(() => import('./experiments-route.tsx'))
const Provider = lazy(() => import('./provider-route.tsx'))

export function AppRoutes() {
  return (
    <BrowserRouter basename={basePath}>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<HomePage />} />
          <Route
            path="callback"
            element={
              <Suspense fallback={<CallbackPage />}>
                <Arrival />
              </Suspense>
            }
          />
          <Route path="profile" element={<Profile />} />
          <Route path="experiments" element={<Experiments />} />
          <Route path="provider" element={<Provider />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}

/**
 * Waits for the callback that the session is finishing, and goes where it leads. The exchange is not started here:
 * it began before React was loaded, so no effect and no second render can spend the code again (RESP-11).
 */
function Arrival() {
  const path = use(useComposition().arrived)
  if (path === null) return <CallbackPage />
  return <Navigate replace to={path.startsWith(basePath) ? `/${path.slice(basePath.length)}` : '/'} />
}
