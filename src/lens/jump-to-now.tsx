import { Button } from '../ui/button.tsx'

/** Messages came below while the person looks at earlier ones. */
export function JumpToNow({ missed, onJump }: { missed: number; onJump: () => void }) {
  return (
    <div className="lens-jump">
      <Button size="s" icon="down" onClick={onJump}>
        Jump to now
        <span className="lens-jump-count num">{missed} new</span>
      </Button>
    </div>
  )
}
