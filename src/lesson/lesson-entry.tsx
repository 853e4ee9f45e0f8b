import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { readKept } from './progress-store.ts'
import { lessonTexts } from './texts.ts'

/** The way into the lesson. Small on purpose: nothing of the lesson is loaded for it. */
export function LessonEntry({ onTake }: { onTake: () => void }) {
  const [begun] = useState(() => readKept() !== null)
  return (
    <Button size="lg" onClick={onTake}>
      {begun ? lessonTexts.takeUp : lessonTexts.take}
    </Button>
  )
}
