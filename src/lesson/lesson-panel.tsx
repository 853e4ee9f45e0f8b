/**
 * The lesson, beside the flow; on a phone a sheet under it. It dims everything in the diagram but the one message that
 * the stop is about.
 */
import { type ReactNode, useEffect, useState } from 'react'
import type { ClientConfig } from '../oauth/client-config.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { FinishView } from './finish-view.tsx'
import './flow-beside.css'
import './lesson-panel.css'
import { numberOf } from './lesson.ts'
import { StopView } from './stop-view.tsx'
import { stops } from './stops.ts'
import { lessonTexts } from './texts.ts'
import { type LessonSurroundings, useLesson } from './use-lesson.tsx'

const theftCode = ownCode(() => import('./theft-view.tsx'))

export interface LessonPanelProps extends LessonSurroundings {
  /** For the attack at the end; null while it is not known. */
  readonly config: ClientConfig | null
  readonly basePath: string
  readonly onLeave: () => void
  /** A way to what comes after the lesson. */
  readonly onward: ReactNode
}

export default function LessonPanel(props: LessonPanelProps) {
  const { config, basePath, onLeave, onward } = props
  const lesson = useLesson(props)
  const [open, setOpen] = useState(true)
  const { progress, stop } = lesson
  const { asking } = lesson
  const room = `${open} ${asking}`
  useEffect(() => {
    if (room) keepInView()
  }, [room])
  const at = progress.finished ? stops.length : numberOf(stops, progress)
  return (
    <aside
      className="lesson-panel"
      aria-label={lessonTexts.name}
      data-open={open || undefined}
      data-asking={asking || undefined}
    >
      <header className="lesson-head">
        <button
          type="button"
          className="lesson-handle"
          aria-expanded={open}
          aria-label={open ? lessonTexts.fold : lessonTexts.unfold}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'up'} size="s" />
        </button>
        <b>{lessonTexts.name}</b>
        <Progress
          label={lessonTexts.name}
          value={at / stops.length}
          text={lessonTexts.place(at, stops.length)}
        />
        <IconButton
          icon="x"
          size="s"
          label={lessonTexts.leave}
          onClick={() => {
            lesson.leave()
            onLeave()
          }}
        />
      </header>
      <div className="lesson-body">
        {progress.finished ? (
          <FinishView lesson={lesson} onward={onward} />
        ) : (
          <StopView
            key={stop.id}
            lesson={lesson}
            attack={
              config && (
                <Part
                  code={theftCode}
                  name="The attack"
                  waiting={<Progress label={lessonTexts.running} />}
                  props={{
                    stop,
                    config,
                    basePath,
                    onOutcome: lesson.settle,
                    onDone: lesson.goOn,
                    last: stop === stops.at(-1),
                  }}
                />
              )
            }
          />
        )}
      </div>
    </aside>
  )
}

/** The lesson takes room from the diagram when it comes, and gives some back while it asks. */
function keepInView(): void {
  document.querySelector('[data-step][data-selected]')?.scrollIntoView({ block: 'nearest' })
}
