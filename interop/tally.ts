/** Counts what held and what did not, one line each. */
export class Tally {
  passed = 0
  failed = 0

  constructor(private readonly print: (line: string) => void) {}

  /**
   * Runs one check. The check returns what was seen, for the line; it throws when the claim does not hold.
   * @returns true when it held
   */
  async check(claim: string, seen: () => Promise<string>): Promise<boolean> {
    try {
      const what = await seen()
      this.passed += 1
      this.print(`ok    ${claim}${what === '' ? '' : ` (${what})`}`)
      return true
    } catch (error) {
      this.failed += 1
      const reason = error instanceof Error ? error.message : String(error)
      this.print(`FAIL  ${claim}\n      ${reason.split('\n').slice(0, 12).join('\n      ')}`)
      return false
    }
  }

  closingLine(): string {
    return `${this.passed} passed, ${this.failed} failed`
  }
}
