import type { ReactNode } from 'react'
import { HashFigure } from '../inspector/evidence-figure.tsx'
import { ghost } from '../inspector/flow-values.ts'
import { Button } from '../ui/button.tsx'
import './intro.css'
import type { RunControls } from './strip.tsx'

/** What stands beside the pale diagram, before anything has happened. */
export function Intro({
  controls,
  note,
  children,
}: {
  controls: RunControls | undefined
  /** A line under the buttons: who the provider is, which name and password. */
  note?: ReactNode
  /** What to try afterwards. */
  children?: ReactNode
}) {
  return (
    <div className="lens-intro">
      <h2>Sign in, and watch every message</h2>
      <p className="lens-intro-lede">
        The pale lines are what is about to happen. Each one turns solid when it does. The tokens, the hashes
        and the checks are real, and your own.
      </p>
      <HashFigure verifier={ghost('code_verifier')} challenge={ghost('code_challenge')} />
      <p className="lens-intro-lede">
        PKCE in one sentence: the app shows the <b>hash</b> when it asks, and the <b>secret</b> when it
        collects, so a code stolen on the way is worth nothing.
      </p>
      {controls && (
        <div className="lens-intro-acts">
          <Button variant="primary" size="lg" icon="play" kbd="R" onClick={controls.run}>
            Sign in and run
          </Button>
          <Button size="lg" kbd="N" onClick={controls.next}>
            Step through
          </Button>
        </div>
      )}
      {note && <p className="caption">{note}</p>}
      {children && <div className="lens-intro-then">{children}</div>}
    </div>
  )
}
