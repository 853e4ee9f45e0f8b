/** The words of the lab for parties and verdicts. */
import type { EvidenceLane } from '../attack/evidence-log.ts'
import { type Party, partyNames, shortNames, withArticle } from '../attack/parties.ts'
import type { Outcome } from '../attack/verdict.ts'
import type { IconName } from '../ui/icon.tsx'
import type { Question } from './lab.ts'

/** In a row and in the score, where there is room for all but the longest name. */
export const rowNames: Readonly<Record<Party, string>> = {
  ...partyNames,
  'authorization-server': shortNames['authorization-server'],
}

export const laneNames: Readonly<Record<EvidenceLane, string>> = { ...shortNames, attacker: 'Attacker' }

export const laneIcons: Readonly<Record<EvidenceLane, IconName>> = {
  app: 'tab',
  browser: 'eye',
  attacker: 'alert',
  'authorization-server': 'keysrv',
  'resource-server': 'box',
}

function subject(by: Party | null): string {
  if (by === null) return 'Somebody'
  return by === 'browser' ? 'Your browser' : withArticle('The', by)
}

/** The verdict as a sentence. */
export function verdictSentence({ verdict, by }: Outcome): string {
  switch (verdict) {
    case 'blocked':
      return `${subject(by)} blocked it`
    case 'not-blocked':
      return 'Nobody stopped it'
    case 'unreadable':
      return 'The answer could not be read'
    case 'not-applicable':
      return 'Not possible with this provider'
    case 'error':
      return 'The run did not get that far'
  }
}

/** The verdict in a word or two, for a row. */
export function verdictWord({ verdict, by }: Outcome): string {
  switch (verdict) {
    case 'blocked':
      return by === null ? 'Blocked' : rowNames[by]
    case 'not-blocked':
      return 'Nobody'
    case 'unreadable':
      return 'Unreadable'
    case 'not-applicable':
      return 'Not supported'
    case 'error':
      return 'Did not run'
  }
}

/** What stands over a question, and is spoken. */
export function questionTitle(question: Question): string {
  switch (question.type) {
    case 'window':
      return question.why
    case 'stayed':
      return 'Look at the window of the provider'
    case 'look':
      return 'What is in this frame?'
  }
}

/** The code in a row: what the app says of itself goes without saying. */
export function shortCode({ code, by }: Outcome): string {
  return by === 'app' ? code.replace(/^(auth_response|id_token)_/, '') : code
}
