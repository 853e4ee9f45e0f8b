/**
 * The shape of what is said about one kind of message: three depths, an attacker, and how it fails.
 *
 * Texts are plain data in one language, meant to be translated as a whole. `{{code_verifier}}` in a text stands
 * for the value of this run and is drawn as its chip; `{{redirect_uri}}` and other parameter names stand for the
 * text that was sent. Words between backticks are wire spelling.
 */
import type { MessageKind } from '../sequence/message.ts'
import type { Clause } from './documents.ts'

/** What makes one message of a kind different from the usual one. */
export type Circumstance =
  | 'pushed'
  | 'silent'
  | 'frame'
  | 'popup'
  | 'dpop'
  | 'renewed'
  | 'refused'
  | 'tampered'
  /** A token that nobody can take back. */
  | 'not_revocable'
  /** The hash is not the challenge, although the person changed nothing here. */
  | 'unequal'
  /** The hash is not the challenge, because the verifier was changed. */
  | 'changed'

/** What is told of a message. */
interface Telling {
  /** Heading of the inspector: a few words. */
  readonly title: string
  /** Depth 1: what happens, one or two sentences. */
  readonly what: string
  readonly why: string
  /** What an attacker would try here. */
  readonly attack: string
  /** What stops it, and what does not. */
  readonly defence: string
  /** How it looks when it goes wrong here. */
  readonly failure: string
}

export interface Explanation extends Telling {
  /** Other words in place of the usual ones, which would be untrue here; of two the later one counts. */
  readonly instead?: Readonly<Partial<Record<Circumstance, Partial<Telling>>>>
  /** A sentence more, when the message is of that sort. */
  readonly when?: Readonly<Partial<Record<Circumstance, string>>>
  /** Depth 2: what a parameter means in this message, where that is more than the glossary says. */
  readonly parameters: Readonly<Record<string, string>>
  /** Depth 3. */
  readonly clauses: readonly Clause[]
}

/** The explanations of one act, kept together in one file. */
export type ActOf<K extends MessageKind> = Readonly<Record<K, Explanation>>
