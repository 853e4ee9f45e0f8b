import { useEffect, useState } from 'react'
import type { Step } from '../oauth/step.ts'
import { valuesOf } from '../sequence/carried.ts'
import type { Message } from '../sequence/message.ts'
import { messagesOfSteps } from '../sequence/sequence.ts'
import { fingerprintsOf } from '../trace/fingerprint.ts'

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
  const prints = await fingerprintsOf(steps.flatMap(step => valuesOf(step).map(({ text }) => text)))
  return messagesOfSteps(steps, 'report-card', text => prints.get(text) ?? null)
}
