import { type RefObject, useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { useNow } from '../ui/use-now.tsx'
import { openCardWindow } from './card-window.ts'
import { type Question, questionTitle } from './person.ts'

/** Milliseconds until it is worth saying that a window stayed: before that it may still be on its way. */
const onItsWay = 3_000

/**
 * What the run asks of the person now. The focus of an answer goes to the next question, and at the end of the run to
 * its tools.
 * @param within holds both
 */
export function CardQuestion({
  question,
  busy,
  within,
}: {
  question: Question | null
  busy: boolean
  within: RefObject<HTMLElement | null>
}) {
  const [seenLate, setSeenLate] = useState<Question | null>(null)
  useEffect(() => {
    if (question?.type !== 'look') return
    const timer = setTimeout(() => setSeenLate(question), onItsWay)
    return () => clearTimeout(timer)
  }, [question])
  useKeptFocus(within, busy ? '.report-now button:enabled' : '.report-tools button:enabled')
  switch (question?.type) {
    case undefined:
      return null
    case 'window':
      return <WindowQuestion question={question} />
    case 'look':
      return <LookQuestion question={question} isLate={question === seenLate} />
    case 'announce':
      return (
        <Callout
          tone="warn"
          title={questionTitle(question)}
          actions={
            <>
              <Button variant="primary" onClick={() => question.answer(true)}>
                Go on
              </Button>
              <Button onClick={() => question.answer(false)}>Leave them out</Button>
            </>
          }
        >
          <p>
            Checks {question.numbers.join(', ')} use a code or a token twice, hand tokens back, or sign out. A
            good provider then ends everything that you agreed to, so it may ask you again in a window.
          </p>
        </Callout>
      )
    case 'waiting':
      return <Waiting why={question.why} until={question.until} />
  }
}

function WindowQuestion({ question }: { question: Extract<Question, { type: 'window' }> }) {
  const [blocked, setBlocked] = useState(false)
  const openIt = () => {
    const opened = openCardWindow()
    setBlocked(opened === null)
    if (opened) question.answer(opened)
  }
  return (
    <Callout
      title={questionTitle(question)}
      actions={
        <>
          <Button variant="primary" icon="ext" onClick={openIt}>
            Open the window
          </Button>
          <Button onClick={() => question.answer(null)}>Leave it out</Button>
        </>
      }
    >
      <p>{question.why}</p>
      {blocked && (
        <p role="alert" data-error-code="popup_blocked">
          The browser blocked the window. Allow windows for this page, then try again.
        </p>
      )}
    </Callout>
  )
}

function LookQuestion({
  question,
  isLate,
}: {
  question: Extract<Question, { type: 'look' }>
  isLate: boolean
}) {
  return (
    <Callout
      title={questionTitle(question)}
      actions={
        isLate && (
          <>
            <Button onClick={() => question.answer('stayed')}>It stayed on an error page</Button>
            <Button onClick={() => question.answer('came-back')}>It came back to this app</Button>
          </>
        )
      }
    >
      <p>The page hears by itself when the window comes back here.</p>
    </Callout>
  )
}

function Waiting({ why, until }: { why: string; until: number | null }) {
  const now = useNow(until !== null)
  const left = until === null ? null : Math.max(0, Math.ceil((until - now) / 1000))
  return <Callout icon="clock" title={left === null ? why : `${why} ${left} s left.`} />
}
