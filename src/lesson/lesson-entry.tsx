import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { readKept } from './progress-store.ts'

const words = { take: 'Take the lesson', takeUp: 'Go on with the lesson' }

/** The way into the lesson. Small on purpose: nothing of the lesson is loaded for it. */
export default function LessonEntry({ onTake }: { onTake: () => void }) {
  const [begun] = useState(() => readKept() !== null)
  return (
    <Button size="lg" onClick={onTake}>
      {begun ? words.takeUp : words.take}
    </Button>
  )
}
