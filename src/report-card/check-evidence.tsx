import { useState } from 'react'
import { Inspector } from '../inspector/inspector.tsx'
import type { InspectorTab } from '../inspector/inspector-tabs.ts'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { MessageLog } from '../lens/message-log.tsx'
import type { Step } from '../oauth/step.ts'
import './check-evidence.css'
import { useMessages } from './use-messages.tsx'

/** The messages of one check, in the same lens as everything else. */
export default function CheckEvidence({ steps }: { steps: readonly Step[] }) {
  const messages = useMessages(steps)
  const [selected, setSelected] = useState<string | null>(null)
  const [tab, setTab] = useState<InspectorTab>('http')
  const message = messages.find(({ id }) => id === selected)
  return (
    <ThreadProvider>
      <RevealProvider>
        <div className="report-evidence">
          <MessageLog messages={messages} selected={selected} onSelect={setSelected} />
          {message && (
            <Inspector
              message={message}
              messages={messages}
              onSelect={setSelected}
              tab={tab}
              onTab={setTab}
            />
          )}
        </div>
      </RevealProvider>
    </ThreadProvider>
  )
}
