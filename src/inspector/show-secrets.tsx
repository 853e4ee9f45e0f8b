import { Button } from '../ui/button.tsx'
import { useReveal } from './reveal-context.tsx'

/** Shows or hides every secret of the page, as V does. */
export function ShowSecrets() {
  const { all, toggleAll } = useReveal()
  return (
    <Button variant="quiet" size="s" icon={all ? 'eye' : 'eye-off'} kbd="V" pressed={all} onClick={toggleAll}>
      <span className="inspector-secrets-word">Show secrets</span>
    </Button>
  )
}
