/** The addresses of the app. Pages that a sign-in does not need are loaded when they are visited. */
import { createBrowserRouter, redirect } from 'react-router'
import { basePath } from './arrival.ts'
import { CallbackPage } from './callback-page.tsx'
import type { Composition } from './compose.ts'
import { HomePage } from './home-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { RouteError } from './route-error.tsx'
import { Shell } from './shell.tsx'

/** Asked for at once where a sign-in ends, so that it is there when the tokens are. */
const profileRoute = () => import('./profile-route.tsx')
if (/\/(callback|profile)$/.test(location.pathname)) void profileRoute()

export function createRoutes({ arrived }: Composition) {
  return createBrowserRouter(
    [
      {
        Component: Shell,
        ErrorBoundary: RouteError,
        children: [
          { index: true, Component: HomePage },
          {
            path: 'callback',
            // A loader, not an effect: an effect runs twice in StrictMode and would spend the code twice.
            loader: async () => {
              const path = await arrived
              return path === null
                ? null
                : redirect(path.startsWith(basePath) ? `/${path.slice(basePath.length)}` : '/')
            },
            HydrateFallback: CallbackPage,
            Component: CallbackPage,
          },
          { path: 'profile', lazy: profileRoute },
          { path: 'experiments', lazy: () => import('./experiments-route.tsx') },
          { path: 'provider', lazy: () => import('./provider-route.tsx') },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
    { basename: basePath },
  )
}
