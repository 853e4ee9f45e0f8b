/** The tokens of this session, part by part, as the lens knows them; beside the claims on the profile. */
import { useMemo, useState } from 'react'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ShowSecrets } from '../inspector/show-secrets.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { TokenView } from '../inspector/token-view.tsx'
import { valueKinds } from '../inspector/value-kinds.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { sequence } from '../sequence/sequence.ts'
import { useSession } from '../session/session-provider.tsx'
import { ownTrace } from '../trace/own-trace.ts'
import { useRecorder, useTrace } from '../trace/trace-provider.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/tabs.tsx'
import { useNow } from '../ui/use-now.tsx'

const tokens = [
  { value: 'access_token', label: 'Access' },
  { value: 'id_token', label: 'ID' },
  { value: 'refresh_token', label: 'Refresh' },
] as const

export default function ProfileTokens() {
  const trace = useTrace()
  const { fingerprint } = useRecorder()
  const messages = useMemo(() => sequence(ownTrace(trace), null, fingerprint), [trace, fingerprint])
  const [shown, setShown] = useState('access_token')
  return (
    <ThreadProvider>
      <RevealProvider>
        <Tabs value={shown} onChange={setShown}>
          <TabList label="Token" mono end={<ShowSecrets />}>
            {tokens.map(({ value, label }) => (
              <Tab key={value} value={value}>
                <Glyph of={valueKinds[value]} />
                {label}
              </Tab>
            ))}
          </TabList>
          {tokens.map(({ value }) => (
            <TabPanel key={value} value={value}>
              <Newest value={value} messages={messages} />
            </TabPanel>
          ))}
        </Tabs>
      </RevealProvider>
    </ThreadProvider>
  )
}

/** The newest token of a kind that an answer brought. The trace also knows those of earlier sessions in this tab. */
function Newest({ value, messages }: { value: Carried['value']; messages: readonly Message[] }) {
  const now = useNow()
  const hasNone = useSession(session => value === 'refresh_token' && !session.hasRefreshToken)
  const brought = messages.findLast(
    message =>
      /^(token|refresh)_response$/.test(message.kind) &&
      message.carried.some(each => each.value === value && each.length !== null),
  )
  const carried = brought?.carried.find(each => each.value === value)
  if (hasNone) return <p className="caption">This session has none.</p>
  if (!brought || !carried)
    return <p className="caption">The trace no longer holds the answer that brought it.</p>
  return (
    <>
      <h3 className="visually-hidden">Inside the token</h3>
      <TokenView carried={carried} message={brought} messages={messages} now={now} />
    </>
  )
}
