import { type ReactNode, useSyncExternalStore } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { useMedia } from '../ui/use-media.tsx'
import { dock } from './dock-state.ts'
import './dock-acts.css'

/** In the head of what is docked: where it stands, and away with it. @param children acts of its own, in between */
export function DockActs({ children }: { children?: ReactNode }) {
  const { side } = useSyncExternalStore(dock.subscribe, dock.get)
  const narrow = useMedia('(max-width: 1023px)')
  return (
    <div className="lens-dock-acts">
      {!narrow && (
        <>
          <IconButton
            icon="db"
            size="s"
            label="Dock below"
            pressed={side === 'bottom'}
            onClick={() => dock.set({ side: 'bottom' })}
          />
          <IconButton
            icon="dr"
            size="s"
            label="Dock at the right"
            pressed={side === 'right'}
            onClick={() => dock.set({ side: 'right' })}
          />
        </>
      )}
      {children}
      <IconButton icon="x" size="s" label="Fold the lens" kbd="L" onClick={() => dock.set({ open: false })} />
    </div>
  )
}
