import { DropdownMenu } from 'radix-ui'
import type { Story } from '../sequence/stories.ts'
import type { FoldedFlow } from '../trace/entry.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import './menu.css'
import { nameOfFolded, nameOfStory } from './story-name.ts'

const newest = 'newest'

/** Which story to look at. What was folded away to bound memory is listed, and cannot be opened. */
export function FlowPicker({
  stories,
  folded,
  value,
  onChange,
}: {
  /** Oldest first. */
  stories: readonly Story[]
  folded: readonly FoldedFlow[]
  /** Null: the newest, and whichever comes after it. */
  value: string | null
  onChange: (story: string | null) => void
}) {
  const last = stories.at(-1)
  const chosen = stories.find(story => story.id === value) ?? last
  if (chosen === undefined || last === undefined) return null
  return (
    // Not modal: a modal menu would lock scrolling through an injected style element.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonClass({ variant: 'quiet', size: 's' })}>
        <span className="visually-hidden">Story: </span>
        <span className="lens-picker-name">{nameOfStory(chosen).name}</span>
        <Icon name="down" size="xs" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="lens-menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.RadioGroup
            value={value ?? newest}
            onValueChange={id => onChange(id === newest ? null : id)}
          >
            {[...stories].reverse().map(story => (
              <StoryItem key={story.id} story={story} value={story === last ? newest : story.id} />
            ))}
          </DropdownMenu.RadioGroup>
          {folded.length > 0 && (
            <>
              <DropdownMenu.Separator className="lens-menu-line" />
              <DropdownMenu.Label className="lens-menu-label">Folded away to save memory</DropdownMenu.Label>
              {folded.map(flow => (
                <DropdownMenu.Item key={flow.flow} disabled className="lens-menu-note">
                  {nameOfFolded(flow)}
                </DropdownMenu.Item>
              ))}
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function StoryItem({ story, value }: { story: Story; value: string }) {
  const { name, outcome } = nameOfStory(story)
  return (
    <DropdownMenu.RadioItem className="lens-menu-item" value={value}>
      <span className="lens-menu-tick">
        <DropdownMenu.ItemIndicator>
          <Icon name="check" size="s" />
        </DropdownMenu.ItemIndicator>
      </span>
      {name}
      <span className="lens-menu-end">{outcome}</span>
    </DropdownMenu.RadioItem>
  )
}
