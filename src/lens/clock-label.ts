/** When a message happened, as the diagram writes it. */
const minute = 60_000
const hour = 60 * minute
const two = (n: number) => n.toString().padStart(2, '0')

/** `2.921` seconds, `4:16.0` from a minute on, `1:02:05` from an hour, `17h05` from ten; with a minus before zero. */
export function clockLabel(at: number, zero: number): string {
  const ms = Math.abs(Math.round(at - zero))
  const sign = at < zero && ms > 0 ? '−' : ''
  return sign + span(ms)
}

function span(ms: number): string {
  if (ms < minute) return (ms / 1000).toFixed(3)
  const seconds = Math.floor(ms / 1000)
  if (ms < hour) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${Math.floor((ms % 1000) / 100)}`
  if (ms >= 10 * hour) return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}`
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
