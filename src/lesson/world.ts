/** What the lesson has to know of the sign-in, read from the trace. */
import type { FlowType, StepKind } from '../oauth/step.ts'
import type { Held } from '../pause/debugger.ts'
import type { Entry } from '../trace/entry.ts'
import type { Stop } from './stop.ts'

/** Kinds of Steps of the newest sign-in since `begun`; none before the lesson has begun one. */
export function toldSince(entries: readonly Entry[], begun: number | null): ReadonlySet<StepKind> {
  const ours =
    begun === null ? [] : entries.filter(({ step }) => step.flowType === 'sign_in' && step.at >= begun)
  const flow = ours.at(-1)?.step.flow
  return new Set(ours.filter(({ step }) => step.flow === flow).map(({ step }) => step.kind))
}

/** Why the held message is sent; null until the trace tells. */
export function flowTypeOf(entries: readonly Entry[], held: Held): FlowType | null {
  return entryOf(entries, held)?.step.flowType ?? null
}

/** The answer that is held says no. */
export const isRefusal = ({ message }: Held): boolean =>
  message.type === 'response' && message.response.status >= 400

/**
 * Id of the message that a stop is about: what it looks at, else what is held, else what that became. The lens knows
 * messages by the ids of their entries, and those that have not happened by their kind.
 * @param begun earlier sign-ins are passed over
 */
export function lookedAt(
  entries: readonly Entry[],
  { look, held: kinds }: Stop,
  held: Held | null,
  begun: number | null,
): string | null {
  const since = begun === null ? entries : entries.filter(({ step }) => step.at >= begun)
  if (look) {
    const found = look.flatMap(kind => since.findLast(({ step }) => step.kind === kind)?.id ?? [])
    // While a sign-in runs, a ghost comes true at any moment: it is looked at when it has.
    return found[0] ?? (begun === null ? `ghost:${look[0]}` : null)
  }
  if (held && kinds?.includes(held.kind)) return entryOf(entries, held)?.id ?? null
  return since.findLast(({ step }) => kinds?.some(kind => kind === step.kind))?.id ?? null
}

const entryOf = (entries: readonly Entry[], { flow, message }: Held): Entry | undefined =>
  entries.findLast(
    ({ step }) => step.kind === 'held' && step.flow === flow && step.message.type === message.type,
  )
