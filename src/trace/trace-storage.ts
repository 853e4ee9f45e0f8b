/** The tab's own storage; `set` answers false when the browser refused. */
export interface TraceStorage {
  get(key: string): string | null
  set(key: string, value: string): boolean
  remove(key: string): void
}

/** Where the copy without secrets is. */
export const traceKey = 'pkce-lens.trace'
