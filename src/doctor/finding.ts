/** What the doctor says about one question: what was seen, why it matters, what to change. */

import type { ClientConfig } from '../oauth/client-config.ts'
import { type FilledPlace, unknownPlace } from '../presets/place.ts'
import type { Mark } from '../presets/preset.ts'

/** `later`: only a sign-in can tell. */
export type Level = 'pass' | 'warn' | 'fail' | 'later'

export const levelWords: Readonly<Record<Level, string>> = {
  fail: 'To fix',
  warn: 'To know',
  pass: 'Well',
  later: 'Later',
}

/** A change to the form that one press makes. */
export interface Change {
  readonly field:
    | 'issuer'
    | 'add_scopes'
    | 'remove_scopes'
    | 'dpop'
    | 'par'
    | 'restore'
    | 'end_session_method'
    | 'trusted_audiences'
  readonly value: string
  readonly label: string
}

export interface Fix {
  readonly text: string
  /** Where in the provider's console, in its own words; empty when it is not set there. */
  readonly consolePath: readonly string[]
  /** The exact value to put there. */
  readonly copy?: string
  /** What `copy` is: `the origin`. */
  readonly copyWhat?: string
  /** `copy` has to be registered character by character: what is registered can be pasted, and is compared. */
  readonly isExact?: true
  readonly note?: string
  /** How sure the console path is. */
  readonly mark?: Mark
  readonly change?: Change
  /** A new sign-in is the way on: one press begins it. */
  readonly signIn?: true
}

export interface Finding {
  /** Stable; for a failure it is the code of the error catalogue. */
  readonly code: string
  readonly question: string
  readonly level: Level
  readonly title: string
  /** The evidence, short enough for one line. */
  readonly seen: string
  readonly why: string
  readonly fix: Fix | null
  /** Requirement in `docs/requirements.md`. */
  readonly requirement: string
  /** Two texts that should be equal. */
  readonly compare?: { readonly given: string; readonly named: string }
  /** A document that the person can paste, because the browser may not read it. */
  readonly paste?: 'discovery' | 'keys'
  /** True when a sign-in cannot work before this is fixed. */
  readonly stops?: boolean
}

/** A finding without the question it belongs to. */
export type Said = Omit<Finding, 'question' | 'fix'> & { readonly fix?: Fix | null }

/**
 * A fix at a place of the console. Where there is nothing to set, that is said in place of the text.
 * @param first stands before it in either case
 */
export function fixAt(text: string, place: FilledPlace, first = ''): Fix {
  return {
    text: first + (place.nothing ?? text),
    consolePath: place.path,
    ...(place.copy === null ? {} : { copy: place.copy, copyWhat: place.what }),
    ...(place.note === null ? {} : { note: place.note }),
    mark: place.mark,
  }
}

/** What was seen says more than a preset that knows of nothing to set there. */
export const fixSeen = (text: string, place: FilledPlace): Fix =>
  fixAt(text, place.nothing === null ? place : unknownPlace)

/** An address that has to be registered as it is sent. */
export const fixRegistered = (
  text: string,
  place: FilledPlace,
  copy: string,
  copyWhat = place.what,
): Fix => ({
  ...fixAt(text, place),
  copy,
  copyWhat,
  isExact: true,
})

/** A fix that is not made in a console. */
export const fixBy = (text: string, change?: Change): Fix => ({
  text,
  consolePath: [],
  ...(change ? { change } : {}),
})

/** Many providers give a refresh token only when this scope is asked for. */
export const askOffline: Fix = fixBy('Ask for offline_access.', {
  field: 'add_scopes',
  value: 'offline_access',
  label: 'Add offline_access',
})

/** RT-09: what it means that none comes. */
export const withoutRefreshToken = ({ restore }: Pick<ClientConfig, 'restore'>): string =>
  `Without one ${
    restore === 'frame'
      ? 'the app renews in a hidden frame, where the browser lets the provider see its cookie; elsewhere the'
      : 'the'
  } session ends with the access token, and one press signs in again, without a password while the provider still knows the person.`

/** A fix whose last step is a new sign-in. */
export const fixBySignIn = (text: string): Fix => ({ text, consolePath: [], signIn: true })

const order: Record<Level, number> = { fail: 0, warn: 1, pass: 2, later: 3 }

/** To fix first, then to know, then well, then later; within a level in the order of the questions. */
export const byUrgency = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => order[a.level] - order[b.level])

export function countLevels(findings: readonly Finding[]): Record<Level, number> {
  const count = { pass: 0, warn: 0, fail: 0, later: 0 }
  for (const finding of findings) count[finding.level] += 1
  return count
}
