import { useEffect, useRef, useState } from 'react'
import type { Message } from '../sequence/message.ts'
import { follow } from '../sequence/playback.ts'
import { useRecorder } from '../trace/trace-provider.tsx'
import { hasBegun } from './story-status.ts'

/**
 * The message that is looked at: the chosen one while it is there, else what asks for attention, else the newest.
 * A ghost that comes true stays chosen; a message that is held, or that failed, is chosen when it happens.
 * @param isReading the person holds on to a message: only one that is held for them comes before it
 */
export function useSelection(
  messages: readonly Message[],
  selected: string | null,
  onSelect: (id: string | null) => void,
  isReading: boolean,
): Message | null {
  // The chosen message as it last was: the address may still name a ghost a moment after it came true.
  const last = useRef<Message | null>(null)
  const attention = needsAttention(messages)
  const noticed = useRef(attention)
  const isUrgent = messages.some(({ status }) => status === 'paused')
  const isRead = useStoredRead(messages, selected)

  useEffect(() => {
    // What an earlier page stored is not what happens now.
    if (!isRead) {
      if (!isUrgent) noticed.current = attention
      return
    }
    last.current = messages.find(message => message.id === selected) ?? last.current
    if (attention !== noticed.current) {
      noticed.current = attention
      if (attention !== null && (isUrgent || !isReading)) return onSelect(attention)
    }
    const now = follow(last.current === null ? [] : [last.current], messages, selected)
    if (now !== selected) onSelect(now)
  }, [messages, selected, onSelect, attention, isRead, isUrgent, isReading])

  const chosen = messages.find(message => message.id === selected)
  if (chosen !== undefined || !(isUrgent || hasBegun(messages))) return chosen ?? null
  const usual = attention ?? messages.findLast(message => message.status !== 'upcoming')?.id
  return messages.find(message => message.id === usual) ?? null
}

/** False while the message that the page was opened with may still be in what an earlier page stored. */
function useStoredRead(messages: readonly Message[], selected: string | null): boolean {
  const recorder = useRecorder()
  const [awaited, setAwaited] = useState(messages.some(({ id }) => id === selected) ? null : selected)
  useEffect(() => {
    if (awaited !== null) void recorder.settled().then(() => setAwaited(null))
  }, [recorder, awaited])
  return awaited === null || awaited !== selected
}

/** Held, else the check that refused, else the message where it stopped. */
function needsAttention(messages: readonly Message[]): string | null {
  const held = messages.find(message => message.status === 'paused')
  const failed = messages.filter(message => message.error !== null)
  return (held ?? failed.find(message => message.status === 'blocked') ?? failed.at(-1))?.id ?? null
}
