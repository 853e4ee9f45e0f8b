/** What the demo servers were asked and how they answered: for tests and for the lab, in memory only. */

export interface LogEntry {
  /** Milliseconds since 1970, when the request arrived. */
  readonly at: number
  readonly server: 'authorization' | 'resource'
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Form parameters of the body; a password is never kept. */
  readonly form: URLSearchParams
  /** The `Origin` header: null when the request did not come from a page's script or form. */
  readonly origin: string | null
  /** Scheme of the `Authorization` header, such as `Bearer`. */
  readonly authorization: string | null
  readonly status: number
}

const capacity = 2000

/** The last 2000 requests, oldest first. */
export class RequestLog {
  readonly #entries: LogEntry[] = []

  get entries(): readonly LogEntry[] {
    return this.#entries
  }

  add(entry: LogEntry): void {
    this.#entries.push(entry)
    if (this.#entries.length > capacity) this.#entries.shift()
  }

  clear(): void {
    this.#entries.length = 0
  }
}

/** Every code and token that was given out, so that a test can look for leaks. */
export class IssuedSecrets {
  readonly #values = new Set<string>()

  get values(): readonly string[] {
    return [...this.#values]
  }

  add(value: unknown): void {
    if (typeof value !== 'string' || value === '') return
    this.#values.add(value)
    for (const oldest of this.#values) {
      if (this.#values.size <= capacity) return
      this.#values.delete(oldest)
    }
  }
}
