import { clockTime, spokenDuration } from '../ui/format.ts'
import { LifeBars, type LifeTrack } from '../ui/life-bars.tsx'
import { useNow } from '../ui/use-now.tsx'
import { lifeScale, type TokenLife } from './lives.ts'
import './session-bar.css'

/** The lives of the tokens on one scale, with a line at the present. */
export function SessionBar({
  lives,
  zero,
  compact,
}: {
  lives: readonly TokenLife[]
  /** Wall clock of the beginning of the story, ms. */
  zero: number | null
  /** Marks instead of names, and nothing at all while there are no tokens. */
  compact?: boolean
}) {
  const now = useNow(lives.length > 0)
  if (lives.length === 0 && compact) return null
  return (
    <section className="lens-session" aria-label="Token lifetimes">
      {lives.length === 0 || zero === null ? (
        <p className="caption">
          No tokens. They will appear here with their lifetimes, and live in this tab's memory only.
        </p>
      ) : (
        <Lives
          lives={lives}
          zero={zero}
          now={Math.max(now, ...lives.map(life => life.from))}
          compact={compact}
        />
      )}
    </section>
  )
}

function Lives({
  lives,
  zero,
  now,
  compact,
}: {
  lives: readonly TokenLife[]
  zero: number
  now: number
  compact: boolean | undefined
}) {
  const scale = lifeScale(lives, zero, now)
  const ends = [scale.ticks[0], scale.ticks.at(-1)].filter(at => at !== undefined)
  const axis = (compact ? ends : scale.ticks).map(at => ({ at, text: clockTime(at - zero) }))
  return (
    <LifeBars
      label={inWords(lives, now)}
      tracks={(['access_token', 'refresh_token'] as const).flatMap(value => {
        const own = lives.filter(life => life.value === value && isSeen(life, scale.from))
        return own.length === 0 ? [] : [track(value, own, zero)]
      })}
      from={scale.from}
      to={scale.to}
      now={scale.now}
      nowText={clockTime(now - zero)}
      axis={axis}
      compact={compact}
    />
  )
}

function isSeen(life: TokenLife, from: number): boolean {
  return (life.replacedAt ?? life.to ?? Number.POSITIVE_INFINITY) > from
}

function track(value: TokenLife['value'], lives: readonly TokenLife[], zero: number): LifeTrack {
  const last = lives.at(-1)
  return {
    v: value === 'access_token' ? 'access' : 'refresh',
    name: value,
    bars: lives.map(({ from, to, replacedAt }) => ({
      from,
      to: replacedAt ?? to ?? from,
      old: replacedAt !== null,
      open: replacedAt === null && to === null,
    })),
    turns: value === 'refresh_token' ? lives.flatMap(({ replacedAt }) => replacedAt ?? []) : [],
    note: last?.to == null ? undefined : { at: last.to, text: clockTime(last.to - zero) },
  }
}

function inWords(lives: readonly TokenLife[], now: number): string {
  const access = lives.findLast(life => life.value === 'access_token')
  const renewals = lives.filter(life => life.value === 'access_token').length - 1
  const parts = [
    access === undefined
      ? 'No access token'
      : access.to === null
        ? 'Access token, its end is not known'
        : access.to > now
          ? `Access token valid for ${spokenDuration(access.to - now)}`
          : 'Access token expired',
    renewals > 0 ? `Renewed ${renewals} ${renewals === 1 ? 'time' : 'times'}` : 'Not renewed yet',
    lives.some(life => life.value === 'refresh_token') ? 'A refresh token is there' : 'No refresh token',
  ]
  return `${parts.join('. ')}.`
}
