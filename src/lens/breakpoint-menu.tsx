import { DropdownMenu } from 'radix-ui'
import { explanations } from '../explain/explanations.ts'
import type { MessageKind } from '../sequence/message.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import './menu.css'

/** The kinds of message at which the run stops. */
export interface Breakpoints {
  readonly kinds: readonly MessageKind[]
  readonly chosen: readonly MessageKind[]
  readonly toggle: (kind: MessageKind) => void
}

/** Stops at one kind of message, every time, also when it is sent while nobody looks. */
export function BreakpointMenu({ breakpoints: { kinds, chosen, toggle } }: { breakpoints: Breakpoints }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={buttonClass({})}
        aria-label={chosen.length === 0 ? 'Breakpoints' : `Breakpoints, ${chosen.length} set`}
      >
        <Icon name="bug" size="s" />
        {chosen.length > 0 && <span className="num">{chosen.length}</span>}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="lens-menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="lens-menu-label">Pause whenever it comes to</DropdownMenu.Label>
          {kinds.map(kind => (
            <DropdownMenu.CheckboxItem
              key={kind}
              className="lens-menu-item"
              checked={chosen.includes(kind)}
              onSelect={event => event.preventDefault()}
              onCheckedChange={() => toggle(kind)}
            >
              <span className="lens-menu-tick">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size="s" />
                </DropdownMenu.ItemIndicator>
              </span>
              {explanations[kind].title}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
