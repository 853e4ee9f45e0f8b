import { explanationOf } from '../explain/explanations.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useShortcut } from '../ui/use-shortcut.tsx'
import './playback-bar.css'
import type { Playback, Speed } from './use-playback.tsx'

const speeds: readonly Speed[] = [1, 2, 4]

/** Back and forth in time: step, scrub, play at reading speed. */
export function PlaybackBar({ playback }: { playback: Playback }) {
  const { position, count, live, playing, speed, seek, toggle, setSpeed } = playback
  useShortcut(',', () => seek(position - 1), position > 0)
  useShortcut('.', () => seek(position + 1), position < count)
  useShortcut('g', toggle, count > 0)
  useShortcut('0', () => seek(count), !live)
  return (
    <fieldset className="lens-play" aria-label="Time travel">
      <IconButton
        icon="left"
        size="s"
        label="One message back"
        kbd=","
        disabled={position === 0}
        onClick={() => seek(position - 1)}
      />
      <IconButton
        icon={playing ? 'pause' : 'play'}
        size="s"
        label={playing ? 'Stop playing' : 'Play at reading speed'}
        kbd="G"
        disabled={count === 0}
        onClick={toggle}
      />
      <IconButton
        icon="right"
        size="s"
        label="One message forth"
        kbd="."
        disabled={position >= count}
        onClick={() => seek(position + 1)}
      />
      <input
        type="range"
        className="lens-play-slider"
        aria-label="Place in the story"
        aria-valuetext={spoken(playback)}
        min={0}
        max={Math.max(1, count)}
        value={position}
        disabled={count === 0}
        onChange={event => seek(Number(event.currentTarget.value))}
      />
      <span className="lens-play-place num" aria-hidden="true">
        {live ? 'now' : `${position} of ${count}`}
      </span>
      <select
        className="lens-play-speed"
        aria-label="Speed"
        value={speed}
        onChange={event => setSpeed(speeds.find(each => String(each) === event.currentTarget.value) ?? 1)}
      >
        {speeds.map(each => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
    </fieldset>
  )
}

function spoken({ messages, position, count, live }: Playback): string {
  const last = messages[position - 1]
  const title = last === undefined ? 'before the first message' : explanationOf(last).title
  return live ? `now, after ${count} messages` : `${position} of ${count}, ${title}`
}
