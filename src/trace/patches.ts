/** Puts other texts in places of a text. */
export interface Patch {
  readonly start: number
  readonly end: number
  readonly put: string
}

/** What lies inside another place is left out; `join` says what stands for places that overlap. */
export function patched(text: string, patches: readonly Patch[], join: (text: string) => string): string {
  const merged: Patch[] = []
  for (const next of [...patches].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last === undefined || next.start >= last.end) merged.push(next)
    else if (next.end > last.end) merged.splice(-1, 1, { start: last.start, end: next.end, put: '' })
  }
  let result = ''
  let from = 0
  for (const { start, end, put } of merged) {
    result += text.slice(from, start) + (put || join(text.slice(start, end)))
    from = end
  }
  return result + text.slice(from)
}
