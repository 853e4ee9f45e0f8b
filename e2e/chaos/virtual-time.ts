/** The time that browser, provider and proxy agree on: the real one, and what was skipped. */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds that were skipped. */
  skipped(): number
  skip(milliseconds: number): void
}

export function createVirtualTime(): VirtualTime {
  let skipped = 0
  return {
    now: () => Date.now() + skipped,
    skipped: () => skipped,
    skip: milliseconds => {
      skipped += milliseconds
    },
  }
}
