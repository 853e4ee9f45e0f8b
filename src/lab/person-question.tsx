import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import type { Question } from './lab.ts'
import './person-question.css'
import { questionTitle } from './words.ts'

/** What a run needs from the person: a window, a look, or a word. */
export function PersonQuestion({ question }: { question: Question }) {
  switch (question.type) {
    case 'window':
      return (
        <Callout
          className="lab-question"
          icon="hand"
          title={questionTitle(question)}
          actions={
            <>
              <Button variant="primary" icon="ext" onClick={() => question.answer(true)}>
                Open its page
              </Button>
              <Button variant="quiet" onClick={() => question.answer(false)}>
                Skip this one
              </Button>
            </>
          }
        >
          <p>A small window opens at the provider and closes by itself.</p>
          {question.blocked && (
            <p role="alert" data-error-code="popup_blocked">
              The browser blocked the window. Allow windows for this page, then try again.
            </p>
          )}
        </Callout>
      )
    case 'stayed':
      return (
        <Callout
          className="lab-question"
          icon="eye"
          title={questionTitle(question)}
          actions={<Button onClick={question.answer}>It stayed on an error page</Button>}
        >
          This page cannot look into it. When an answer comes back, the run goes on by itself.
        </Callout>
      )
    case 'look':
      return (
        <Callout
          className="lab-question"
          icon="eye"
          title={questionTitle(question)}
          actions={
            <>
              <Button onClick={() => question.answer('refused')}>Nothing of the provider</Button>
              <Button onClick={() => question.answer('shown')}>I see the provider’s page</Button>
              <Button variant="quiet" onClick={() => question.answer(null)}>
                Skip this one
              </Button>
            </>
          }
        >
          A page cannot look into a frame of another site, not even to see whether it is empty. You can. Do
          not type anything into it.
          <iframe
            className="lab-look"
            title="The provider’s page in a frame"
            src={question.url}
            sandbox="allow-scripts allow-forms allow-same-origin"
          />
        </Callout>
      )
  }
}
