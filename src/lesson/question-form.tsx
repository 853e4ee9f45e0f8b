import { useId, useState } from 'react'
import { ValueWords } from '../inspector/value-words.tsx'
import { Button } from '../ui/button.tsx'
import './question-form.css'
import type { Question } from './stop.ts'
import { lessonTexts } from './texts.ts'

/** A prediction before the reveal: one choice, then no way back. Arrow keys choose, Enter answers. */
export function QuestionForm({
  question,
  onPredict,
}: {
  question: Question
  onPredict: (option: string) => void
}) {
  const group = useId()
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <form
      className="lesson-question"
      onSubmit={event => {
        event.preventDefault()
        if (chosen !== null) onPredict(chosen)
      }}
    >
      <fieldset>
        <legend>
          <ValueWords text={question.ask} />
        </legend>
        {question.options.map(({ id, text }) => (
          <label key={id} className="lesson-option" data-chosen={chosen === id || undefined}>
            <input
              type="radio"
              name={group}
              value={id}
              checked={chosen === id}
              onChange={() => setChosen(id)}
            />
            <span>
              <ValueWords text={text} />
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" variant="primary" disabled={chosen === null}>
        {lessonTexts.predict}
      </Button>
    </form>
  )
}
