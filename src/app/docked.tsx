/** The page with the lens beside or under it. The lens is loaded after the sign-in is done, never before; then it stays. */
import { type ReactNode, useDeferredValue } from 'react'
import { DockFrame } from '../lens/dock-frame.tsx'
import { useSession } from '../session/session-provider.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'

const lensCode = ownCode(() => import('./docked-lens.tsx'))

export function Docked({ children }: { children: ReactNode }) {
  const asking = useSession(session => session.status === 'starting' || session.profile.status === 'loading')
  // Not in the same breath as the profile: asking for the lens's files takes longer than drawing the profile.
  const busy = useDeferredValue(asking)
  return (
    <DockFrame
      lens={() =>
        busy && !lensCode.here() ? (
          <Progress label="The lens comes after the sign-in" />
        ) : (
          <Part code={lensCode} props={{}} name="The lens" waiting={<Progress label="Loading the lens" />} />
        )
      }
    >
      {children}
    </DockFrame>
  )
}
