import { type ReactNode, useState } from 'react'
import { headings } from '../explain/labels.ts'
import { noteFor } from '../explain/notes.ts'
import { type Unseen, unseenInRequest, unseenTexts } from '../explain/unseen.ts'
import { valueTexts } from '../explain/values.ts'
import { isResponse, type Message, type MessageKind } from '../sequence/message.ts'
import { troubleOf } from '../sequence/warnings.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { requestOf, responseOf, valuesNear } from './flow-values.ts'
import { blockText, type HttpBlock, type Line, requestBlock, responseBlock } from './http-lines.ts'
import './http-tab.css'
import { MarkedText } from './marked-text.tsx'
import { PiecesView } from './piece-view.tsx'
import type { Piece } from './pieces.ts'
import { useReveal } from './reveal-context.tsx'
import { TokensOf } from './token-view.tsx'
import { valueInWords } from './value-in-words.ts'
import { revealKey } from './value-kinds.ts'

/** Request and response as sent and received, and what the browser does not show of them. */
export function HttpTab({
  message,
  messages,
  now,
  heldEditor,
}: {
  message: Message
  messages: readonly Message[]
  now: number
  heldEditor?: ReactNode
}) {
  if (message.held !== null && heldEditor !== undefined) return heldEditor
  const known = valuesNear(message, messages)
  const asked = requestOf(message, messages)
  const answered = responseOf(message, messages)
  const request = message.status === 'upcoming' ? null : requestBlock(asked, known)
  if (request === null) return <p className="inspector-empty">{why(message)}</p>
  const response = answered === null ? null : responseBlock(answered, known)
  const arrives = message.channel === 'front' && message.to === 'app'
  const front = message.channel === 'front'
  return (
    <>
      <Block
        title={arrives ? headings.redirect : front ? headings.navigation : headings.request}
        block={request}
        kind={asked.kind}
        now={now}
        unseen={arrives ? ['navigation_response'] : unseenInRequest(asked)}
      />
      {front ? (
        !arrives && <Notes unseen={['navigation_response']} />
      ) : response === null ? (
        <section className="inspector-http">
          <h3>{headings.response}</h3>
          <p className="inspector-empty">{whyUnanswered(message, asked)}</p>
        </section>
      ) : (
        <Block
          title={headings.response}
          block={response}
          kind={answered?.kind ?? message.kind}
          now={now}
          unseen={['hidden_headers']}
        />
      )}
      <TokensOf message={message} messages={messages} now={now} />
    </>
  )
}

/** Why there is no request to show. */
function why({ channel, status, kind, inferred }: Message): string {
  switch (channel) {
    case 'front':
    case 'back':
      if (status === 'upcoming') return 'Not sent yet.'
      return isResponse(kind) ? 'It did not reach the app.' : 'It was not sent.'
    case 'human':
      return unseenTexts.in_page
    case 'check':
    case 'make':
      return inferred ? unseenTexts.inferred : unseenTexts.inside
  }
}

function whyUnanswered(message: Message, asked: Message): string {
  if (troubleOf(message) !== null) return 'Nothing that this page may read.'
  // At an earlier moment of the story its answer is known already; the page that waited for it may be gone.
  return asked.status === 'done' && asked.response === null ? 'No answer was recorded.' : 'No answer yet.'
}

/** More lines than this are folded away. */
const most = 120
/** Up to this many lines the notes are open from the start. */
const calm = 24

function Block({
  title,
  block,
  kind,
  now,
  unseen,
}: {
  title: string
  block: HttpBlock
  kind: MessageKind
  now: number
  unseen: readonly Unseen[]
}) {
  const [whole, setWhole] = useState(false)
  const [notes, setNotes] = useState(block.head.length + block.body.length <= calm)
  const { isShown } = useReveal()
  const body = whole ? block.body : block.body.slice(0, most)
  const rest = block.body.length - body.length
  const shows = (piece: Piece) => {
    if (piece.type === 'text') return true
    if (piece.type === 'withheld') return piece.text !== null && isShown(piece.text)
    return !valueTexts[piece.carried.value].secret || isShown(revealKey(piece.carried))
  }
  return (
    <section className="inspector-http">
      <header>
        <h3>{title}</h3>
        <Button variant="quiet" size="s" pressed={notes} onClick={() => setNotes(!notes)}>
          Notes
        </Button>
        <CopyButton text={() => blockText(block, shows)} label={`Copy the ${title.toLowerCase()}`} size="s" />
      </header>
      <div className="inspector-raw">
        <div className="inspector-ln">
          <code>{block.start}</code>
        </div>
        <Lines lines={block.head} kind={kind} now={now} notes={notes} />
        {body.length > 0 && <div className="inspector-ln-gap" />}
        <Lines lines={body} kind={kind} now={now} notes={notes} />
        {rest > 0 && (
          <Button variant="quiet" size="s" onClick={() => setWhole(true)}>
            Show {rest} more lines
          </Button>
        )}
      </div>
      {block.laidOut && <p className="caption">Line breaks were added; nothing else was changed.</p>}
      <Notes unseen={unseen} />
    </section>
  )
}

function Notes({ unseen }: { unseen: readonly Unseen[] }) {
  return (
    <ul className="inspector-unseen">
      {unseen.map(each => (
        <li key={each}>
          <Icon name="eye-off" size="s" />
          {unseenTexts[each]}
        </li>
      ))}
    </ul>
  )
}

interface LinesProps {
  kind: MessageKind
  now: number
  /** Notes are open unless a line is closed by itself, or the other way round. */
  notes: boolean
}

function Lines({ lines, ...rest }: LinesProps & { lines: readonly Line[] }) {
  // Lines never move, so their place is their identity.
  return lines
    .map((line, at) => [at, line] as const)
    .map(([at, line]) => <HttpLine key={at} line={line} {...rest} />)
}

function HttpLine({ line, kind, now, notes }: LinesProps & { line: Line }) {
  const [apart, setApart] = useState(false)
  const open = notes !== apart
  const note = noteOf(line, kind, now)
  return (
    <div className={line.tampered ? 'inspector-ln inspector-ln-tampered' : 'inspector-ln'}>
      <code>
        <span className="inspector-sign">{line.lead}</span>
        {note === null ? (
          <span className="inspector-name">{line.name}</span>
        ) : (
          <button
            type="button"
            className="inspector-name"
            aria-expanded={open}
            onClick={() => setApart(!apart)}
          >
            {line.name}
          </button>
        )}
        <span className="inspector-sign">{line.sign}</span>
        <PiecesView pieces={line.pieces} />
        <span className="inspector-sign">{line.tail}</span>
      </code>
      {line.tampered && <span className="inspector-tampered">tampered</span>}
      {open && note !== null && (
        <small>
          {note.text !== null && <MarkedText text={note.text} />}{' '}
          {note.words !== null && <span className="inspector-words">{note.words}</span>}
        </small>
      )}
    </div>
  )
}

function noteOf(
  { about }: Line,
  kind: MessageKind,
  now: number,
): { text: string | null; words: string | null } | null {
  if (about === null) return null
  const text = noteFor(kind, about.place, about.name)
  const words = valueInWords(about.place, about.name, about.value, now)
  return text === null && words === null ? null : { text, words }
}
