import { Icon, type IconName } from '../ui/icon.tsx'
import './legend.css'

const entries: readonly { channel: string; icon: IconName; name: string; more: string }[] = [
  { channel: 'front', icon: 'eye', name: 'Front channel', more: ': the address bar' },
  { channel: 'back', icon: 'lock', name: 'Back channel', more: ': a direct request' },
  { channel: 'human', icon: 'hand', name: 'In the page', more: ': you and the provider' },
]

/** How the three ways of a message are drawn. */
export function Legend({ long }: { long?: boolean }) {
  return (
    <ul className="lens-legend" aria-label="Legend">
      {entries.map(({ channel, icon, name, more }) => (
        <li key={channel} className="lens-legend-item">
          <i className="lens-legend-line" data-channel={channel} />
          <Icon name={icon} size="s" />
          <span>
            {name}
            {long && more}
          </span>
        </li>
      ))}
    </ul>
  )
}
