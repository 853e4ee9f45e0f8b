import { channelNames } from '../explain/labels.ts'
import { channelIcons } from '../inspector/channel-icons.ts'
import { Icon } from '../ui/icon.tsx'
import './legend.css'

const entries = [
  { channel: 'front', more: ': the address bar' },
  { channel: 'back', more: ': a direct request of this page' },
  { channel: 'human', more: ': you and the provider' },
] as const

/** How the three ways of a message are drawn. */
export function Legend({ long }: { long?: boolean }) {
  return (
    <ul className="lens-legend" aria-label="Legend">
      {entries.map(({ channel, more }) => (
        <li key={channel} className="lens-legend-item">
          <i className="lens-legend-line" data-channel={channel} />
          <Icon name={channelIcons[channel]} size="s" />
          <span>
            {channelNames[channel]}
            {long && more}
          </span>
        </li>
      ))}
    </ul>
  )
}
