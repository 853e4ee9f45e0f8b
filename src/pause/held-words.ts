/** What is said of a held message. A request has not left yet; an answer has come, and the app has not read it. */
import type { HeldMessage } from '../oauth/step.ts'

export interface HeldWords {
  readonly title: string
  readonly text: string
  readonly send: string
  readonly sendTampered: string
}

const request: HeldWords = {
  title: 'Held before it goes on',
  text: 'Change anything, then send it. Nothing has left the app yet.',
  send: 'Send as it is',
  sendTampered: 'Send tampered',
}

const answer: HeldWords = {
  title: 'The answer is here',
  text: 'The app has not read it yet. Change anything, then let it in.',
  send: 'Let it in',
  sendTampered: 'Let it in changed',
}

export function wordsFor({ type }: HeldMessage): HeldWords {
  return type === 'response' || type === 'callback' ? answer : request
}
