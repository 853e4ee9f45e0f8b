import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { InspectorTab } from '../inspector/inspector-tabs.ts'
import { LedgerView } from '../inspector/ledger-view.tsx'
import type { Expectation, Message } from '../sequence/message.ts'
import { happened } from '../sequence/playback.ts'
import { zeroOf } from '../sequence/timing.ts'
import { useRecorder } from '../trace/trace-provider.tsx'
import { Icon } from '../ui/icon.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import { CompareView } from './compare-view.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FlowFrame } from './flow-frame.tsx'
import './flow-view.css'
import { FlowPicker } from './flow-picker.tsx'
import { type HeldEdit, type HeldNow, heldIn, withEdit } from './held-edit.ts'
import { HeldElsewhere } from './held-elsewhere.tsx'
import { Keymap } from './keymap.tsx'
import { livesOf } from './lives.ts'
import { PlaybackBar } from './playback-bar.tsx'
import { ReadingInspector } from './reading-inspector.tsx'
import { SequenceDiagram } from './sequence-diagram.tsx'
import { SessionBar } from './session-bar.tsx'
import { type RunControls, Strip } from './strip.tsx'
import { usePlayback } from './use-playback.tsx'
import { useReading } from './use-reading.tsx'
import { useStory } from './use-story.tsx'
import { ValueBar } from './value-bar.tsx'
import { Waterfall } from './waterfall.tsx'

const views = [
  { value: 'sequence', label: 'Sequence' },
  { value: 'timing', label: 'Timing' },
  { value: 'ledger', label: 'Who knows', name: 'Who knows what now' },
  { value: 'compare', label: 'Compare', name: 'Compare two stories' },
] as const
type View = (typeof views)[number]['value']

export interface FlowViewProps {
  readonly expectation: Expectation | null
  /** Id of the chosen message, from the URL; null: none. */
  readonly selected: string | null
  /** Best kept the same function from render to render. */
  readonly onSelect: (id: string | null) => void
  readonly tab: InspectorTab
  readonly onTab: (tab: InspectorTab) => void
  readonly controls?: RunControls
  /** What the debugger holds. */
  readonly held?: HeldNow | null
  /** Shown under HTTP while the held message is chosen. */
  readonly heldEditor?: ReactNode
  /** What is changed in the held message, before it goes on. */
  readonly edit?: HeldEdit | null
  /** Stands under the strip: a failure with its way on. */
  readonly notice?: ReactNode
  /** Shown while nothing has happened and nothing is chosen; takes the whole side panel. */
  readonly intro?: ReactNode
  /** Writes a link that carries the configuration in use; null: there is none. */
  readonly link: (() => Promise<string>) | null
}

/** The whole flow page under the top bar: strip, values, diagram, time travel, token lives, inspector. */
export function FlowView(props: FlowViewProps) {
  const {
    expectation,
    selected,
    onSelect,
    tab,
    onTab,
    controls,
    held = null,
    heldEditor,
    edit = null,
    notice,
    intro,
    link,
  } = props
  const [view, setView] = useState<View>('sequence')
  const [sheet, setSheet] = useState(false)
  const { fingerprint } = useRecorder()
  const story = useStory(expectation)
  const asEdited = useMemo(() => withEdit(story.messages, edit), [story.messages, edit])
  const playback = usePlayback(asEdited, story.id, onSelect)
  const { messages } = playback
  const reading = useReading(messages, selected, onSelect)
  const chosen = reading.shown
  const session = playback.live ? story.session : undefined
  const over = session === 'signed out'
  const lives = useMemo(() => livesOf(messages, over), [messages, over])
  const open = useCallback(() => setSheet(true), [])
  useShortcut('Escape', () => setSheet(false), sheet)
  const heldHere = heldIn(messages, held)
  const elsewhere = held !== null && heldHere === null ? held : null
  const toHeld = held === null ? null : story.toFlow(held.flow)
  const showHeld =
    toHeld &&
    (() => {
      toHeld()
      playback.toNow()
    })
  const serial = held?.serial ?? null
  // What is held asks for the person, whatever they look at.
  const onHeld = useEffectEvent(() => showHeld?.())
  useEffect(() => {
    if (serial !== null) onHeld()
  }, [serial])
  const isHeldHere = heldHere !== null
  // On a phone the editor is in the sheet, and the way to what is not shown here under it.
  useEffect(() => {
    if (serial !== null) setSheet(isHeldHere)
  }, [serial, isHeldHere])
  const source = {
    trace: story.trace,
    shown: happened(messages),
    expectation: story.parties,
    ahead: story.ahead,
    fingerprint,
  }
  return (
    <FlowFrame
      strip={<Strip {...{ messages, session, controls }} elsewhere={elsewhere?.kind ?? null} />}
      notice={
        elsewhere === null ? (
          notice
        ) : (
          <>
            {notice}
            <HeldElsewhere onShow={showHeld}>{heldEditor}</HeldElsewhere>
          </>
        )
      }
      values={<ValueBar messages={messages} />}
      sheetOpen={sheet}
      left={
        <>
          <MainView
            view={view}
            messages={messages}
            expectation={story.parties}
            chosen={chosen}
            story={story}
            onSelect={onSelect}
            onOpen={open}
          />
          <div className="lens-tools" role="toolbar" aria-label="Views and time">
            <Segmented label="View" value={view} onChange={setView} options={views} />
            <PlaybackBar playback={playback} />
            <FlowPicker
              stories={story.stories}
              folded={story.trace.folded}
              value={story.chosen}
              onChange={story.choose}
            />
            <ExportMenu source={source} link={story.configured ? link : null} />
            <Keymap />
          </div>
          <SessionBar lives={lives} zero={zeroOf(messages)} />
        </>
      }
      side={
        chosen === null ? (
          intro
        ) : (
          <>
            <button
              type="button"
              className="lens-grab"
              aria-expanded={sheet}
              aria-label={sheet ? 'Close the inspector' : 'Open the inspector'}
              onClick={() => setSheet(!sheet)}
            >
              <Icon name={sheet ? 'down' : 'up'} size="s" />
            </button>
            <ReadingInspector
              reading={reading}
              message={chosen}
              messages={messages}
              onSelect={onSelect}
              tab={tab}
              onTab={onTab}
              heldEditor={chosen.id === heldHere?.id ? heldEditor : undefined}
            />
          </>
        )
      }
    />
  )
}

function MainView({
  view,
  messages,
  expectation,
  chosen,
  story,
  onSelect,
  onOpen,
}: {
  view: View
  messages: readonly Message[]
  expectation: Expectation | null
  chosen: Message | null
  story: ReturnType<typeof useStory>
  onSelect: (id: string) => void
  onOpen: () => void
}) {
  const selected = chosen?.id ?? null
  switch (view) {
    case 'sequence':
      return <SequenceDiagram {...{ messages, expectation, selected, onSelect, onOpen }} storyId={story.id} />
    case 'timing':
      return <Waterfall {...{ messages, selected, onSelect }} appOrigin={expectation?.appOrigin ?? null} />
    case 'ledger':
      return (
        <div className="lens-ledger">
          <LedgerView messages={messages} upTo={selected} onSelect={onSelect} />
        </div>
      )
    case 'compare':
      return <CompareView stories={story.stories} messagesOf={story.messagesOf} />
  }
}
