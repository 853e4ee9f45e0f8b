/** One stop: what to read, what to predict, what is so, and the way on. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { clauseUrl } from '../explain/documents.ts'
import { ValueWords } from '../inspector/value-words.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Status } from '../ui/status.tsx'
import { Tag } from '../ui/tag.tsx'
import { AnswerView } from './answer-view.tsx'
import { numberOf, rightOption } from './lesson.ts'
import { QuestionForm } from './question-form.tsx'
import type { Stop } from './stop.ts'
import { stops } from './stops.ts'
import { lessonTexts, situationTexts } from './texts.ts'
import type { Lesson } from './use-lesson.tsx'

/** @param attack the run of the attack, for the stops that have one. Give the component a `key` that changes with the stop */
export function StopView({ lesson, attack }: { lesson: Lesson; attack: ReactNode }) {
  const { stop, progress, situation } = lesson
  const title = useRef<HTMLHeadingElement>(null)
  const [fresh, setFresh] = useState(false)
  useEffect(() => title.current?.focus(), [])
  const said = progress.answers[stop.id]
  const readable = situation === 'here' || situation === 'past'
  return (
    <>
      <p className="lesson-place num">{lessonTexts.place(numberOf(stops, progress), stops.length)}</p>
      <h2 ref={title} tabIndex={-1} className="lesson-title">
        {stop.title}
      </h2>
      <Status className="lesson-status">
        {situation === 'here' && stop.held && lesson.held && (
          <Tag tone="warn" icon="pause">
            {lessonTexts.held(lesson.held)}
          </Tag>
        )}
        {situation === 'coming' && situationTexts.coming}
        {lesson.note}
      </Status>
      {(situation === 'away' || situation === 'refused') && (
        <Callout
          icon="reset"
          title={situation === 'away' ? lessonTexts.signInAgain : lessonTexts.freshCode}
          actions={
            <Button variant="primary" onClick={lesson.signInAgain}>
              {situation === 'away' ? lessonTexts.signInAgain : lessonTexts.freshCode}
            </Button>
          }
        >
          {situationTexts[situation]}
        </Callout>
      )}
      {situation === 'behind' && (
        <Callout
          tone="warn"
          icon="pause"
          title={lessonTexts.held(lesson.held ?? '')}
          actions={<Button onClick={lesson.letGo}>{lessonTexts.letGo}</Button>}
        >
          {situationTexts.behind}
        </Callout>
      )}
      {readable && (
        <>
          {stop.say.map(text => (
            <p key={text} className="lesson-text">
              <ValueWords text={text} />
            </p>
          ))}
          {said === undefined ? (
            <QuestionForm
              question={stop.question}
              onPredict={option => {
                setFresh(true)
                lesson.predict(option)
              }}
            />
          ) : (
            <AnswerView
              question={stop.question}
              said={said}
              right={rightOption(stop, progress)}
              fresh={fresh}
            />
          )}
          {said !== undefined && <Reveal lesson={lesson} attack={attack} />}
        </>
      )}
      {numberOf(stops, progress) > 1 && (
        <Button size="s" variant="quiet" icon="left" onClick={lesson.back} className="lesson-back">
          {lessonTexts.back}
        </Button>
      )}
    </>
  )
}

function Reveal({ lesson: { stop, go, busy, goOn }, attack }: { lesson: Lesson; attack: ReactNode }) {
  return (
    <>
      {stop.reveal.map(text => (
        <p key={text} className="lesson-text">
          <ValueWords text={text} />
        </p>
      ))}
      <Clauses clauses={stop.clauses} />
      {go === 'attack' ? (
        attack
      ) : (
        <Button variant="primary" pending={busy} onClick={goOn} className="lesson-go">
          {go === stop.go ? stop.goLabel : lessonTexts.next}
        </Button>
      )}
    </>
  )
}

/** Open in a tab of their own: leaving this page would lose what is held. */
function Clauses({ clauses }: Pick<Stop, 'clauses'>) {
  return (
    <p className="lesson-clauses caption">
      {lessonTexts.written}:{' '}
      {clauses.map((clause, i) => (
        <span key={`${clause.document} ${clause.section}`}>
          {i > 0 && ', '}
          <a href={clauseUrl(clause)} target="_blank" rel="noreferrer">
            {clause.document} §{clause.section}
          </a>
        </span>
      ))}
    </p>
  )
}
