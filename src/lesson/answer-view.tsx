import { useEffect, useId, useRef } from 'react'
import { VerdictMark } from '../ui/verdict.tsx'
import './answer-view.css'
import { ValueWords } from '../inspector/value-words.tsx'
import type { Question } from './stop.ts'
import { lessonTexts } from './texts.ts'

/**
 * What was predicted, and what is so.
 * @param right id of the right option; null while the attack that decides it has not been run
 * @param fresh it was answered just now, so the focus comes here
 */
export function AnswerView({
  question,
  said,
  right,
  fresh,
}: {
  question: Question
  said: string
  right: string | null
  fresh: boolean
}) {
  const head = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    if (fresh) head.current?.focus()
  }, [fresh])
  const chosen = question.options.find(option => option.id === said)
  const answer = question.options.find(option => option.id === right)
  const isRight = right === null ? null : said === right
  const wrong = question.right === 'run' ? lessonTexts.wrongRun : lessonTexts.wrong
  const verdict = isRight === null ? lessonTexts.said : isRight ? lessonTexts.right : wrong
  return (
    <div className="lesson-answer">
      <p className="lesson-asked">
        <ValueWords text={question.ask} />
      </p>
      <h3 ref={head} tabIndex={-1} aria-describedby={id} className="lesson-verdict">
        {isRight !== null && <VerdictMark kind={isRight ? 'pass' : 'warn'} icon={isRight ? 'check' : 'x'} />}
        {verdict}
      </h3>
      <div id={id} className="lesson-whys">
        {chosen && (
          <p>
            <b>
              <ValueWords text={asSentence(chosen.text)} />
            </b>
            {isRight !== null && <ValueWords text={` ${chosen.why}`} />}
          </p>
        )}
        {isRight === false && answer && (
          <p>
            {lessonTexts.rightIs}{' '}
            <b>
              <ValueWords text={asSentence(answer.text)} />
            </b>
            <ValueWords text={` ${answer.why}`} />
          </p>
        )}
      </div>
    </div>
  )
}

/** Options are short; before their reason they end like a sentence. */
const asSentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)
