import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import './reading-area.css'
import { type Reading, useSignsOfReading } from './use-reading.tsx'

/** Around the inspector: notices that somebody reads. */
export function ReadingArea({ reading, children }: { reading: Reading; children: ReactNode }) {
  const area = useSignsOfReading(reading.keep)
  return (
    <div className="lens-reading" ref={area}>
      {children}
    </div>
  )
}

/** What came while somebody reads; nothing while nothing did. */
export function NewerMessages({ reading: { newer, follow } }: { reading: Reading }) {
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
