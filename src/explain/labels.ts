/** The words of the inspector itself: headings, verdicts, buttons. */
import type { Check } from '../oauth/step.ts'
import type { Channel, Lane, MessageStatus } from '../sequence/message.ts'

export const laneNames: Readonly<Record<Lane, string>> = {
  you: 'You',
  app: 'App',
  'authorization-server': 'Authorization server',
  'resource-server': 'Resource server',
}

export const channelNames: Readonly<Record<Channel, string>> = {
  front: 'Front channel',
  back: 'Back channel',
  human: 'In the page',
  check: 'Check',
  make: 'Inside this tab',
}

export const statusNames: Readonly<Record<MessageStatus, string>> = {
  upcoming: 'not yet',
  active: 'under way',
  done: 'done',
  failed: 'failed',
  blocked: 'blocked',
  paused: 'paused',
  tampered: 'tampered',
}

export const outcomeNames: Readonly<Record<Check['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'not reached',
  warning: 'warning',
}

export const headings = {
  what: 'What happens',
  why: 'Why',
  attack: 'What an attacker would try',
  defence: 'What stops it, and what does not',
  failure: 'How it looks when it fails here',
  parameters: 'Parameters',
  clauses: 'What the standards say',
  written: 'Where it is written',
  stuck: 'Where people get stuck here',
  request: 'Request',
  response: 'Response',
  redirect: 'Address that the tab arrived at',
  navigation: 'Address that the tab goes to',
  tokens: 'Inside the tokens',
} as const
