import type { Message } from '../sequence/message.ts'
import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Status } from '../ui/status.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import { BreakpointMenu, type Breakpoints } from './breakpoint-menu.tsx'
import { Legend } from './legend.tsx'
import { hasBegun, type StoryStatus, statusOfStory } from './story-status.ts'
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
  controls,
}: {
  messages: readonly Message[]
  controls: RunControls | undefined
}) {
  const status = statusOfStory(messages)
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
  const { run, pause, next, paused, canNext, breakpoints } = controls
  useShortcut('r', run)
  useShortcut('p', pause)
  useShortcut('n', next, canNext)
  const held = messages.some(message => message.status === 'paused')
  const again = hasBegun(messages) && !held
  return (
    <fieldset className="lens-strip-run" aria-label="Run control">
      <Button variant="primary" icon={again ? 'reset' : 'play'} kbd="R" onClick={run}>
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
