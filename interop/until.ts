import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits for a condition by asking again and again, never by guessing a time.
 * @param condition true when it holds; an error counts as "not yet"
 * @param limits `within`: milliseconds until it is given up; `failed`: a reason to stop waiting at once, or null
 * @throws Error that names what was waited for
 */
export async function until(
  what: string,
  condition: () => Promise<boolean>,
  limits: { readonly within: number; readonly failed?: () => string | null },
): Promise<void> {
  const end = Date.now() + limits.within
  let last = 'it never held'
  while (Date.now() < end) {
    const reason = limits.failed?.() ?? null
    if (reason !== null) throw new Error(`${what}: ${reason}`)
    try {
      if (await condition()) return
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(200)
  }
  throw new Error(`${what}: not within ${Math.round(limits.within / 1000)} s (${last})`)
}
