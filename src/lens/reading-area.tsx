import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import './reading-area.css'
import { type Reading, useSignsOfReading } from './use-reading.tsx'

/** Around the inspector: notices that somebody reads, and offers what came meanwhile. */
export function ReadingArea({ reading, children }: { reading: Reading; children: ReactNode }) {
  const area = useSignsOfReading(reading.keep)
  const { newer } = reading
  const follow = () => {
    reading.follow()
    // The button goes; who pressed it by key stays in the inspector.
    area.current?.querySelector<HTMLElement>('.inspector')?.focus()
  }
  return (
    <div className="lens-reading" ref={area}>
      {children}
      {newer > 0 && (
        <div className="lens-newer">
          <Button size="s" icon="down" onClick={follow}>
            <span className="num">
              {newer} newer {newer === 1 ? 'message' : 'messages'}
            </span>
          </Button>
        </div>
      )}
    </div>
  )
}
