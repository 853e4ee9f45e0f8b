/** The words of the lab for parties and verdicts. */
import type { EvidenceLane } from '../attack/evidence-log.ts'
import type { Outcome, Party } from '../attack/verdict.ts'
import type { IconName } from '../ui/icon.tsx'
import type { Guess } from './experiment.ts'

export const partyNames: Readonly<Record<Party, string>> = {
  app: 'App',
  browser: 'Browser',
  'authorization-server': 'Auth server',
  'resource-server': 'Resource server',
}

export const guessNames: Readonly<Record<Guess, { short: string; name: string }>> = {
  app: { short: 'App', name: 'App' },
  browser: { short: 'Browser', name: 'Browser' },
  'authorization-server': { short: 'Auth server', name: 'Auth server: authorization server' },
  'resource-server': { short: 'API', name: 'API: resource server' },
  nobody: { short: 'Nobody', name: 'Nobody' },
}

export const laneNames: Readonly<Record<EvidenceLane, string>> = {
  app: 'App',
  browser: 'Browser',
  attacker: 'Attacker',
  'authorization-server': 'Auth server',
  'resource-server': 'API',
}

export const laneIcons: Readonly<Record<EvidenceLane, IconName>> = {
  app: 'tab',
  browser: 'eye',
  attacker: 'alert',
  'authorization-server': 'keysrv',
  'resource-server': 'box',
}

const subjects: Readonly<Record<Party, string>> = {
  app: 'The app',
  browser: 'Your browser',
  'authorization-server': 'The authorization server',
  'resource-server': 'The resource server',
}

/** The verdict as a sentence. */
export function verdictSentence({ verdict, by }: Outcome): string {
  switch (verdict) {
    case 'blocked':
      return `${by === null ? 'Somebody' : subjects[by]} blocked it`
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
      return by === null ? 'Blocked' : partyNames[by]
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

/** The code in a row: what the app says of itself goes without saying. */
export function shortCode({ code, by }: Outcome): string {
  return by === 'app' ? code.replace(/^(auth_response|id_token)_/, '') : code
}
