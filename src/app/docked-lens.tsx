/** What is in the dock, wired to the trace and the address. */
import { useNavigate } from 'react-router'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { LensDock } from '../lens/lens-dock.tsx'
import { useExpectation } from './use-expectation.tsx'
import { useLook } from './use-look.tsx'

export default function DockedLens() {
  const expectation = useExpectation()
  const look = useLook(true)
  const navigate = useNavigate()
  return (
    <ThreadProvider>
      <RevealProvider>
        <LensDock expectation={expectation} {...look} onWhole={() => void navigate('/')} />
      </RevealProvider>
    </ThreadProvider>
  )
}
