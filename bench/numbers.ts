/** Medians, spreads and Markdown tables. */

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** @throws RangeError when there is no value */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined || min === undefined || max === undefined)
    throw new RangeError('no values')
  return { median: (low + high) / 2, min, max }
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN
}

/** Round by round against the same round of the other, so that a slow minute of the machine counts for both. */
export function ratios(values: readonly number[], against: readonly number[]): Spread {
  return spread(values.map((value, round) => value / (against[round] ?? Number.NaN)))
}

const shown = (value: number, digits: number) => value.toFixed(digits)

/** `median (min to max)` */
export const inWords = ({ median, min, max }: Spread, digits = 0, unit = ''): string =>
  `${shown(median, digits)}${unit} (${shown(min, digits)} to ${shown(max, digits)})`

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(2)} MB`

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
