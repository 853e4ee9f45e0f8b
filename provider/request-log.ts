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

/**
 * What all entries together may hold: about 100,000 ordinary requests, and no more memory than that when somebody
 * sends long forms. A test marks its beginning by `entries.length`, so nothing may be dropped while one runs.
 */
const capacity = 100_000_000

/** Characters that came from outside, and a share for what stands around them. */
function sizeOf({ form, path, query }: LogEntry): number {
  let size = 500 + path.length
  for (const [name, value] of [...query, ...form]) size += name.length + value.length
  return size
}

/** The latest requests, oldest first. */
export class RequestLog {
  readonly #entries: LogEntry[] = []
  #size = 0

  get entries(): readonly LogEntry[] {
    return this.#entries
  }

  add(entry: LogEntry): void {
    this.#entries.push(entry)
    this.#size += sizeOf(entry)
    while (this.#size > capacity) {
      const oldest = this.#entries.shift()
      if (!oldest) return
      this.#size -= sizeOf(oldest)
    }
  }

  clear(): void {
    this.#entries.length = 0
    this.#size = 0
  }
}

const secretCapacity = 2000

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
      if (this.#values.size <= secretCapacity) return
      this.#values.delete(oldest)
    }
  }
}
