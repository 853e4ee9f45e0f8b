/** A message is held while another page is open: says so everywhere, because everything waits for it. */
import { Link } from 'react-router'
import { useDebugger } from '../pause/use-debugger.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import './held-banner.css'

export default function HeldBanner() {
  const { state, current } = useDebugger()
  if (!state.held || !current) return null
  return (
    <div className="app-strip app-held">
      <Icon name="pause" size="s" />
      <span className="app-held-words">
        A message is held: <code>{state.held.kind.replaceAll('_', ' ')}</code>
      </span>
      <span className="app-held-acts">
        <Link className={buttonClass({ size: 's' })} to="/">
          Open it in the flow
        </Link>
        <Button size="s" variant="quiet" onClick={current.run}>
          Let everything go
        </Button>
      </span>
    </div>
  )
}
