import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { scoreOf } from './lesson.ts'
import { stops } from './stops.ts'
import { lessonTexts } from './texts.ts'
import type { Lesson } from './use-lesson.tsx'

/** @param onward a way to what comes after the lesson */
export function FinishView({ lesson, onward }: { lesson: Lesson; onward: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { right, of } = scoreOf(stops, lesson.progress)
  const last = stops.at(-1)?.id ?? ''
  const wasCaught = (lesson.progress.outcomes[last] ?? 'nobody') !== 'nobody'
  return (
    <>
      <h2 ref={title} tabIndex={-1} className="lesson-title">
        {wasCaught ? lessonTexts.doneTitle : lessonTexts.overTitle}
      </h2>
      <p className="lesson-text">{lessonTexts.done}</p>
      <p className="lesson-score num">{lessonTexts.score(right, of)}</p>
      <ul className="lesson-kept">
        {lessonTexts.takeWith.map(text => (
          <li key={text}>
            <Icon name="check" size="s" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <div className="lesson-acts">
        {onward}
        <Button variant="quiet" icon="reset" onClick={lesson.startOver}>
          {lessonTexts.startOver}
        </Button>
      </div>
    </>
  )
}
