/** The start: the whole flow with its lens. The intro with its button is there at once, the lens loads behind it. */
import { Suspense } from 'react'
import { HomeIntro } from './home-intro.tsx'
import './home-page.css'
import { Flow } from './lazy-flow.tsx'

export function HomePage() {
  return (
    <div className="app-flow">
      <Suspense
        fallback={
          <div className="app-flow-early">
            <h1 className="visually-hidden">The sign-in, message by message</h1>
            <div className="app-flow-blank" />
            <aside className="app-flow-side">
              <HomeIntro />
            </aside>
          </div>
        }
      >
        <Flow />
      </Suspense>
    </div>
  )
}
