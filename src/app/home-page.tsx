/** The start: the whole flow with its lens. The intro with its button is there at once, the lens loads behind it. */
import { lazy, Suspense } from 'react'
import { HomeIntro } from './home-intro.tsx'
import './home-page.css'

const Flow = lazy(() => import('./flow-route.tsx'))

/** @param keepInAddress false while a callback is held: the address is still being decided */
export function HomePage({ keepInAddress }: { keepInAddress: boolean }) {
  return (
    <div className="app-flow">
      <Suspense
        fallback={
          <div className="app-flow-early">
            <h1 className="visually-hidden">The sign-in, message by message</h1>
            <div className="app-flow-blank" />
            <aside className="app-flow-side">
              <HomeIntro early />
            </aside>
          </div>
        }
      >
        <Flow keepInAddress={keepInAddress} />
      </Suspense>
    </div>
  )
}
