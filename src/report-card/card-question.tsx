import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { useNow } from '../ui/use-now.tsx'
import { openCardWindow } from './card-window.ts'
import type { Question } from './person.ts'

/** Milliseconds until it is worth saying that a window stayed: before that it may still be on its way. */
const onItsWay = 3_000

/** What the run asks of the person now. */
export function CardQuestion({ question }: { question: Question }) {
  switch (question.type) {
    case 'window':
      return <WindowQuestion question={question} />
    case 'look':
      return <LookQuestion question={question} />
    case 'announce':
      return (
        <Callout
          tone="warn"
          title="The next checks end your session"
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
      title="A window is needed"
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

function LookQuestion({ question }: { question: Extract<Question, { type: 'look' }> }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), onItsWay)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Callout
      title={question.what}
      actions={
        late && (
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
