import type { Message, MessageKind } from '../sequence/message.ts'
import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Status } from '../ui/status.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import { BreakpointMenu, type Breakpoints } from './breakpoint-menu.tsx'
import { Legend } from './legend.tsx'
import type { SessionNow } from './story-name.ts'
import { hasBegun, heldElsewhere, type StoryStatus, statusOfStory } from './story-status.ts'
import './strip.css'

/** What the person can do with the run; the debugger gives it. */
export interface RunControls {
  /** Starts a sign-in, or lets go of what is held and runs on. */
  readonly run: () => void
  /** Turns pausing before each message on or off. */
  readonly pause: () => void
  /** Sends the held message, or starts and stops before the first. */
  readonly next: () => void
  /** Pausing before each message is on. */
  readonly paused: boolean
  /** A message is held, whatever the picture shows: running on lets go of it. */
  readonly held: boolean
  /** False while what is held cannot go on as it is edited. */
  readonly canRun: boolean
  readonly canNext: boolean
  readonly breakpoints: Breakpoints
}

const icons: Readonly<Partial<Record<StoryStatus['tone'], IconName>>> = {
  warn: 'pause',
  fail: 'shield-x',
  pass: 'check',
}

/** Run, pause, next; how the story stands; what the lines mean. */
export function Strip({
  messages,
  session,
  elsewhere,
  controls,
}: {
  messages: readonly Message[]
  /** Absent: the past is looked at. */
  session: SessionNow | undefined
  /** What is held and not among the messages. */
  elsewhere: MessageKind | null
  controls: RunControls | undefined
}) {
  const status =
    elsewhere === null
      ? statusOfStory(messages, { session, isHeld: controls?.held === true })
      : heldElsewhere(elsewhere)
  const icon = icons[status.tone]
  return (
    <div className="lens-strip">
      {controls && <RunButtons messages={messages} controls={controls} />}
      <Status className="lens-strip-status">
        <span className="lens-strip-head" data-tone={status.tone}>
          {icon && <Icon name={icon} size="s" />}
          <b>
            {status.head}
            {status.by && <span className="lens-strip-word"> {status.by}</span>}
          </b>
        </span>{' '}
        {status.more && <span className="lens-strip-more num">{status.more}</span>}{' '}
        {status.code && <code className="lens-strip-more">{status.code}</code>}
      </Status>
      {/* A code is long, and the lines are named under the diagram too. */}
      {status.code === null && <Legend />}
    </div>
  )
}

function RunButtons({ messages, controls }: { messages: readonly Message[]; controls: RunControls }) {
  const { run, pause, next, paused, held, canRun, canNext, breakpoints } = controls
  useShortcut('r', run, canRun)
  useShortcut('p', pause)
  useShortcut('n', next, canNext)
  const again = hasBegun(messages) && !held
  return (
    <fieldset className="lens-strip-run" aria-label="Run control">
      <Button variant="primary" icon={again ? 'reset' : 'play'} kbd="R" disabled={!canRun} onClick={run}>
        {held ? 'Resume' : again ? 'Run again' : 'Run'}
      </Button>
      <Button icon="pause" kbd="P" pressed={paused} onClick={pause}>
        <span className="lens-strip-word">
          Pause before each<span className="visually-hidden"> message</span>
        </span>
      </Button>
      <Button icon="next" kbd="N" disabled={!canNext} onClick={next}>
        <span className="lens-strip-word">
          Next<span className="visually-hidden"> message</span>
        </span>
      </Button>
      <BreakpointMenu breakpoints={breakpoints} />
    </fieldset>
  )
}
