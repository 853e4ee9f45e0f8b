const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const two = (n: number) => n.toString().padStart(2, '0')

/** A countdown or a place in time: `3:36`, `1:02:05`, `0:00` at or below zero. `ms` in milliseconds, cut to seconds. */
export function clockTime(ms: number): string {
  const all = Math.max(0, Math.floor(ms / second))
  const minutes = Math.floor(all / 60) % 60
  const hours = Math.floor(all / 3600)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`
}

/** How long something took: `0.4 ms`, `42 ms`, `2.78 s`, `1:05` from a minute on. `ms` in milliseconds. */
export function duration(ms: number): string {
  if (ms <= 0) return '0 ms'
  if (ms < 0.1) return '<0.1 ms'
  if (ms < 9.95) return `${ms.toFixed(1).replace(/\.0$/, '')} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9995) return `${(ms / second).toFixed(2)} s`
  if (ms < 59950) return `${(ms / second).toFixed(1)} s`
  return clockTime(Math.max(minute, Math.round(ms / second) * second))
}

/** A length of time in words, for a screen reader: `3 minutes 36 seconds`. `ms` in milliseconds. */
export function spokenDuration(ms: number): string {
  const all = Math.max(0, Math.floor(ms / second))
  const parts: [number, string][] = [
    [Math.floor(all / 86400), 'day'],
    [Math.floor(all / 3600) % 24, 'hour'],
    [Math.floor(all / 60) % 60, 'minute'],
    [all % 60, 'second'],
  ]
  const first = parts.findIndex(([n]) => n > 0)
  if (first === -1) return '0 seconds'
  // two units are enough: nobody needs the seconds of an hour
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => (n === 1 ? `1 ${unit}` : `${n} ${unit}s`))
    .join(' ')
}

/** A length of time as short words: `5 min 40 s`, `2 h 5 min`, `3 days`. `ms` in milliseconds. */
export function shortSpan(ms: number): string {
  const span = Math.max(0, ms)
  if (span < minute) return `${Math.floor(span / second)} s`
  if (span < hour) return joined(Math.floor(span / minute), 'min', Math.floor(span / second) % 60, 's')
  if (span < day) return joined(Math.floor(span / hour), 'h', Math.floor(span / minute) % 60, 'min')
  const days = Math.floor(span / day)
  return days === 1 ? '1 day' : `${days} days`
}

const joined = (n: number, unit: string, rest: number, small: string) =>
  rest === 0 ? `${n} ${unit}` : `${n} ${unit} ${rest} ${small}`

/** When, seen from `now`: `in 3 min 36 s`, `5 min 40 s ago`, `now` within a second. Both in ms since 1970. */
export function relativeTime(at: number, now: number): string {
  const away = at - now
  if (Math.abs(away) < second) return 'now'
  return away > 0 ? `in ${shortSpan(away)}` : `${shortSpan(-away)} ago`
}

const clock = (precision: 'second' | 'minute', timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: precision === 'second' ? '2-digit' : undefined,
    hourCycle: 'h23',
    timeZone,
  })

/** Made before they are needed, and once: making one takes longer than all its formatting. */
const ownClock = { second: clock('second'), minute: clock('minute') }

/** The person's own clock: `09:41:10`, or `09:41` with `'minute'`. `at` in ms since 1970; `timeZone` for tests. */
export function timeOfDay(at: number, precision: 'second' | 'minute' = 'second', timeZone?: string): string {
  return format(at, timeZone ? clock(precision, timeZone) : ownClock[precision])
}

/** A day in words: `2 November 2024`. `at` in ms since 1970; `timeZone` for tests. */
export function calendarDay(at: number, timeZone?: string): string {
  return format(
    at,
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone }),
  )
}

/* Times come from outside: one beyond the calendar is said so, not thrown. */
function format(at: number, by: Intl.DateTimeFormat): string {
  return Number.isNaN(new Date(at).getTime()) ? 'unknown time' : by.format(at)
}

/** A file name any system takes: lower case ASCII letters, digits, dashes; at most 60 characters; never empty. */
export function fileName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return plain || 'untitled'
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letter of a name as a person sees it, in any script: `M`, `é`, `محمد` gives `م`. `?` for no name. */
export function initial(name: string): string {
  for (const { segment } of graphemes.segment(name.trim())) {
    if (/[\p{L}\p{N}\p{So}]/u.test(segment)) return segment.toLocaleUpperCase()
  }
  return '?'
}
