import { type ReactNode, useEffect, useRef } from 'react'
import { explanationOf } from '../explain/explanations.ts'
import { channelNames, laneNames, statusNames } from '../explain/labels.ts'
import { saidNo } from '../sequence/labels.ts'
import type { Message } from '../sequence/message.ts'
import { duration } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/tabs.tsx'
import { Tag } from '../ui/tag.tsx'
import { useNow } from '../ui/use-now.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import { channelIcons } from './channel-icons.ts'
import { ChecksTab } from './checks-tab.tsx'
import { CodeTab } from './code-tab.tsx'
import { ExplainTab } from './explain-tab.tsx'
import { HttpTab } from './http-tab.tsx'
import './inspector.css'
import { type InspectorTab, inspectorTabs } from './inspector-tabs.ts'
import { ThreadLine } from './thread-line.tsx'

const tabNames: Readonly<Record<InspectorTab, string>> = {
  explain: 'Explain',
  http: 'HTTP',
  checks: 'Checks',
  code: 'Code',
}

/**
 * One message, looked at closely. Keys 1 to 4 open the tabs.
 * @param messages the story that the message belongs to, for its values, its other half, and the way up and down
 * @param heldEditor shown under HTTP while the message is held
 * @param over lies over the text, at its lower edge
 */
export function Inspector({
  message,
  messages,
  onSelect,
  tab,
  onTab,
  heldEditor,
  over,
}: {
  message: Message
  messages: readonly Message[]
  onSelect: (id: string) => void
  tab: InspectorTab
  onTab: (tab: InspectorTab) => void
  heldEditor?: ReactNode
  over?: ReactNode
}) {
  const now = useNow()
  const bad = message.checks.filter(({ outcome }) => outcome === 'failed').length
  useShortcut('1', () => onTab('explain'))
  useShortcut('2', () => onTab('http'))
  useShortcut('3', () => onTab('checks'))
  useShortcut('4', () => onTab('code'))
  const panels = useTopOf(`${message.id} ${tab}`)
  const view = { message, messages, now }
  return (
    <section className="inspector" tabIndex={-1} aria-label={`Message ${message.number}`}>
      <Head message={message} messages={messages} onSelect={onSelect} />
      <Tabs
        className="inspector-tabs"
        value={tab}
        onChange={value => {
          const chosen = inspectorTabs.find(each => each === value)
          if (chosen !== undefined) onTab(chosen)
        }}
      >
        <TabList label="Message">
          {inspectorTabs.map(each => (
            <Tab
              key={each}
              value={each}
              count={
                each === 'checks' && message.checks.length > 0 ? bad || message.checks.length : undefined
              }
              bad={bad > 0}
            >
              {tabNames[each]}
            </Tab>
          ))}
        </TabList>
        <div className="inspector-view">
          <div className="inspector-panels" ref={panels}>
            <TabPanel value="explain">
              <ExplainTab {...view} key={message.id} />
            </TabPanel>
            <TabPanel value="http">
              <HttpTab {...view} key={message.id} heldEditor={heldEditor} />
            </TabPanel>
            <TabPanel value="checks">
              <ChecksTab message={message} messages={messages} />
            </TabPanel>
            <TabPanel value="code">
              <CodeTab message={message} messages={messages} />
            </TabPanel>
          </div>
          {over}
        </div>
        <ThreadLine messages={messages} onSelect={onSelect} />
      </Tabs>
    </section>
  )
}

/** Another message or tab begins at its top. */
function useTopOf(shown: string) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(shown)
  useEffect(() => {
    if (before.current !== shown) box.current?.scrollTo?.(0, 0)
    before.current = shown
  }, [shown])
  return box
}

function Head({
  message,
  messages,
  onSelect,
}: {
  message: Message
  messages: readonly Message[]
  onSelect: (id: string) => void
}) {
  const at = messages.findIndex(({ id }) => id === message.id)
  const before = messages[at - 1]
  const after = messages[at + 1]
  const inside = message.from === message.to
  return (
    <header className="inspector-head">
      <div className="inspector-title">
        <span className="inspector-number">{message.number}</span>
        <h2>{explanationOf(message).title}</h2>
        <StatusTag message={message} />
        <span className="inspector-steps">
          <IconButton
            icon="up"
            size="s"
            label="Previous message"
            disabled={before === undefined}
            onClick={() => before !== undefined && onSelect(before.id)}
          />
          <IconButton
            icon="down"
            size="s"
            label="Next message"
            disabled={after === undefined}
            onClick={() => after !== undefined && onSelect(after.id)}
          />
        </span>
      </div>
      <p className="inspector-way">
        <Icon name={channelIcons[message.channel]} size="s" />
        {inside ? (
          `${laneNames[message.from]}${message.channel === 'check' ? ' checks' : ', inside this tab'}`
        ) : (
          <>
            {laneNames[message.from]} <Icon name="arrow" size="s" title="to" /> {laneNames[message.to]}
            <span className="inspector-dot" aria-hidden="true" />
            {channelNames[message.channel]}
          </>
        )}
        {message.duration !== null && (
          <>
            <span className="inspector-dot" aria-hidden="true" />
            <span className="mono">{duration(message.duration)}</span>
          </>
        )}
      </p>
    </header>
  )
}

function StatusTag({ message }: { message: Message }) {
  const { status, response, channel } = message
  const code = response !== null && message.kind.endsWith('_response') ? String(response.status) : null
  switch (status) {
    case 'upcoming':
      return <Tag>{message.never ? 'never sent' : statusNames.upcoming}</Tag>
    case 'active':
      return <Tag>{statusNames.active}</Tag>
    case 'paused':
      return (
        <Tag tone="warn" icon="pause">
          {statusNames.paused}
        </Tag>
      )
    case 'tampered':
      return (
        <Tag tone="warn" icon="alert">
          {statusNames.tampered}
        </Tag>
      )
    case 'blocked':
      return (
        <Tag tone="fail" icon="shield-x">
          {statusNames.blocked}
        </Tag>
      )
    case 'failed':
      return (
        <Tag tone="fail" icon="x">
          {code ?? statusNames.failed}
        </Tag>
      )
    case 'done':
      if (message.label === saidNo) return <Tag>answered</Tag>
      if (message.warning !== null)
        return (
          <Tag tone="warn" icon="alert">
            {code ?? 'noted'}
          </Tag>
        )
      return (
        <Tag tone="pass" icon="check">
          {code ?? (channel === 'check' ? 'passed' : statusNames.done)}
        </Tag>
      )
  }
}
