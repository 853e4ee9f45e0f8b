/** The inspector while somebody reads: the message stays, and what came meanwhile is offered. */
import type { ComponentProps } from 'react'
import { Inspector } from '../inspector/inspector.tsx'
import { Button } from '../ui/button.tsx'
import './reading-inspector.css'
import { type Reading, useSignsOfReading } from './use-reading.tsx'

export interface ReadingInspectorProps extends Omit<ComponentProps<typeof Inspector>, 'over'> {
  readonly reading: Reading
}

export function ReadingInspector({ reading, onTab, ...props }: ReadingInspectorProps) {
  const area = useSignsOfReading(reading.keep)
  return (
    <div className="lens-reading" ref={area}>
      <Inspector
        {...props}
        onTab={tab => {
          reading.keep()
          onTab(tab)
        }}
        over={<NewerMessages reading={reading} />}
      />
    </div>
  )
}

/** What came while somebody reads; nothing while nothing did. */
function NewerMessages({ reading: { newer, follow } }: { reading: Reading }) {
  if (newer === 0) return null
  return (
    <div className="lens-newer">
      <Button
        size="s"
        icon="down"
        onClick={({ currentTarget }) => {
          // The button goes; who pressed it by key stays in the inspector.
          currentTarget.closest<HTMLElement>('.inspector')?.focus()
          follow()
        }}
      >
        <span className="num">
          {newer} newer {newer === 1 ? 'message' : 'messages'}
        </span>
      </Button>
    </div>
  )
}
