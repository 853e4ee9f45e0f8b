import { useMemo } from 'react'
import type { InspectorTab } from '../inspector/inspector-tabs.ts'
import type { Expectation } from '../sequence/message.ts'
import { happened } from '../sequence/playback.ts'
import { zeroOf } from '../sequence/timing.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Logo } from '../ui/logo.tsx'
import { DockActs } from './dock-acts.tsx'
import './lens-dock.css'
import { livesOf } from './lives.ts'
import { MessageLog } from './message-log.tsx'
import { ReadingInspector } from './reading-inspector.tsx'
import { SessionBar } from './session-bar.tsx'
import { useReading } from './use-reading.tsx'
import { useStory } from './use-story.tsx'

/** What is in the lens while it is docked: the messages in one line each, the chosen one, the lives of the tokens. */
export function LensDock({
  expectation,
  selected,
  onSelect,
  tab,
  onTab,
  onWhole,
}: {
  expectation: Expectation | null
  selected: string | null
  /** Best kept the same function from render to render. */
  onSelect: (id: string | null) => void
  tab: InspectorTab
  onTab: (tab: InspectorTab) => void
  /** Opens the flow page, where the lens has the whole width. */
  onWhole: () => void
}) {
  const { id, messages, session } = useStory(expectation)
  const reading = useReading(messages, selected, onSelect)
  const chosen = reading.shown
  const over = session === 'signed out'
  const lives = useMemo(() => livesOf(messages, over), [messages, over])
  const count = happened(messages)
  return (
    <div className="lens-dock">
      <header className="lens-dock-head">
        <h2>
          <Logo size={16} />
          Lens
        </h2>
        <span className="caption num">
          {count} {count === 1 ? 'message' : 'messages'}
        </span>
        <DockActs>
          <IconButton icon="df" size="s" label="Open the whole flow" onClick={onWhole} />
        </DockActs>
      </header>
      <MessageLog messages={messages} storyId={id} selected={chosen?.id ?? null} onSelect={onSelect} />
      {chosen !== null && (
        <div className="lens-peek">
          <ReadingInspector
            reading={reading}
            message={chosen}
            messages={messages}
            onSelect={onSelect}
            tab={tab}
            onTab={onTab}
          />
        </div>
      )}
      <SessionBar lives={lives} zero={zeroOf(messages)} compact />
    </div>
  )
}
