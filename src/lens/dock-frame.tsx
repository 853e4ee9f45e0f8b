import { type ReactNode, useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import { Resizer } from '../ui/resizer.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { useMedia } from '../ui/use-media.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import './dock-frame.css'
import { dock, dockLimits, usualDock } from './dock-state.ts'
import { SheetContext } from './sheet-context.tsx'

const panel = 'lens-dock'

/**
 * The app with the lens beside or under it; on a phone the lens is a sheet. Small on purpose: what is in the lens is
 * given as `lens`, and is neither made nor loaded while the lens is folded.
 */
export function DockFrame({
  children,
  lens,
  name = 'Lens',
}: {
  children: ReactNode
  lens: () => ReactNode
  /** What the sheet holds, on the bar that opens it. */
  name?: string
}) {
  const state = useSyncExternalStore(dock.subscribe, dock.get)
  const narrow = useMedia('(max-width: 1023px)')
  const phone = useMedia('(max-width: 719px)')
  const [sheet, setSheet] = useState(false)
  const side = phone ? 'sheet' : narrow ? 'bottom' : state.side
  const open = phone ? sheet : state.open
  const toggle = () => (phone ? setSheet(!sheet) : dock.set({ open: !state.open }))
  useShortcut('l', toggle)
  useShortcut('Escape', () => setSheet(false), phone && sheet)
  const aside = useRef<HTMLElement>(null)
  // The button that folds makes way for the one that opens, and back; the lens itself may have to be loaded first.
  useKeptFocus(aside, open ? '.lens-docked-panel' : '.lens-rail')
  const size = side === 'right' ? 'width' : 'height'
  return (
    <div className="lens-docked" data-side={side} data-open={open || undefined}>
      <div className="lens-docked-app">
        <SheetContext value={useCallback(() => setSheet(true), [])}>{children}</SheetContext>
      </div>
      <aside className="lens-docked-aside" aria-label="Lens" ref={aside}>
        {open && !phone && (
          <Resizer
            label="Size of the lens"
            controls={panel}
            line={side === 'right' ? 'vertical' : 'horizontal'}
            grows="backward"
            value={state[size]}
            usual={usualDock[size]}
            {...dockLimits[size]}
            onChange={value => dock.set({ [size]: value })}
          />
        )}
        <div
          id={panel}
          className="lens-docked-panel"
          tabIndex={-1}
          style={open && !phone ? { [size]: state[size] } : undefined}
        >
          {phone && <SheetHandle name={name} open={open} onToggle={toggle} />}
          {open ? lens() : !phone && <Rail onOpen={toggle} />}
        </div>
      </aside>
    </div>
  )
}

/** The folded lens: one button, along the whole side. */
function Rail({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      className="lens-rail"
      aria-label="Open the lens"
      aria-keyshortcuts="L"
      onClick={onOpen}
    >
      <Logo size={16} />
      <span className="lens-rail-word" aria-hidden="true">
        Lens
      </span>
    </button>
  )
}

function SheetHandle({ name, open, onToggle }: { name: string; open: boolean; onToggle: () => void }) {
  return (
    <button type="button" className="lens-sheet-handle" aria-expanded={open} onClick={onToggle}>
      <Logo size={16} />
      <b>{name}</b>
      <Icon name={open ? 'down' : 'up'} />
    </button>
  )
}
