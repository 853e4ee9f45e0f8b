import { useState, useSyncExternalStore } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { shortcutsChoice } from '../ui/shortcuts.ts'
import { useShortcut } from '../ui/use-shortcut.tsx'
import './keymap.css'

export interface KeyHelp {
  readonly keys: readonly string[]
  readonly does: string
}

/** Every key of the house, group by group. */
export const keymap: readonly { readonly title: string; readonly keys: readonly KeyHelp[] }[] = [
  {
    title: 'Run',
    keys: [
      { keys: ['R'], does: 'Run, or run on' },
      { keys: ['P'], does: 'Pause before each message, or not' },
      { keys: ['N'], does: 'Next message' },
    ],
  },
  {
    title: 'Messages',
    keys: [
      { keys: ['J', 'K'], does: 'Next and previous message' },
      { keys: ['↓', '↑'], does: 'The same, inside the list' },
      { keys: ['Page Down', 'Page Up'], does: 'Ten messages on and back' },
      { keys: ['Home', 'End'], does: 'First and last message' },
      { keys: ['Enter'], does: 'Open the message' },
      { keys: ['1', '2', '3', '4'], does: 'Explain, HTTP, Checks, Code' },
    ],
  },
  {
    title: 'Time',
    keys: [
      { keys: [',', '.'], does: 'One message back and forth in time' },
      { keys: ['G'], does: 'Play at reading speed, or stop' },
      { keys: ['0'], does: 'Back to now' },
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: ['V'], does: 'Show or hide secrets' },
      { keys: ['Esc'], does: 'Let go of a value, close what is open' },
      { keys: ['L'], does: 'Open or fold the lens beside the app' },
      { keys: ['T'], does: 'Light or dark' },
      { keys: ['?'], does: 'This list' },
    ],
  },
]

/** The button and the key `?` that open the list of all keys, and the switch that turns single keys off. */
export function Keymap() {
  const [open, setOpen] = useState(false)
  const choice = useSyncExternalStore(shortcutsChoice.subscribe, shortcutsChoice.get)
  useShortcut('?', () => setOpen(true))
  return (
    <>
      <IconButton icon="help" size="s" label="Keys" kbd="?" onClick={() => setOpen(true)} />
      <Dialog open={open} onOpenChange={setOpen} title="Keys" wide>
        <div className="lens-keys">
          {keymap.map(group => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map(({ keys, does }) => (
                  <div key={does}>
                    <dt>
                      {keys.map(key => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <label className="lens-keys-switch">
          <input
            type="checkbox"
            checked={choice === 'on'}
            onChange={event => shortcutsChoice.set(event.currentTarget.checked ? 'on' : 'off')}
          />
          Single keys work anywhere on the page
        </label>
      </Dialog>
    </>
  )
}
