import { useEffect, useState } from 'react'
import { memoryStore } from '../attack/lab-ports.ts'
import type { Step } from '../oauth/step.ts'
import type { Message } from '../sequence/message.ts'
import { storyMessages } from '../sequence/sequence.ts'
import { createRecorder } from '../trace/recorder.ts'

/** The Steps of one check as the lens draws them; empty until the fingerprints are made. Nothing is stored. */
export function useMessages(steps: readonly Step[]): readonly Message[] {
  const [messages, setMessages] = useState<readonly Message[]>([])
  useEffect(() => {
    let wanted = true
    void messagesOf(steps).then(made => {
      if (wanted) setMessages(made)
    })
    return () => {
      wanted = false
    }
  }, [steps])
  return messages
}

async function messagesOf(steps: readonly Step[]): Promise<readonly Message[]> {
  const recorder = createRecorder({ storage: memoryStore(), now: Date.now, tabId: 'report-card' })
  for (const step of steps) recorder.observe(step)
  await recorder.settled()
  const { entries } = recorder.getTrace()
  const story = { id: entries[0]?.step.flow ?? '', startedAt: entries[0]?.step.at ?? 0, entries }
  return storyMessages(story, null, recorder.fingerprint)
}
