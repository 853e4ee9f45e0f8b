import type { Channel } from '../sequence/message.ts'
import type { IconName } from '../ui/icon.tsx'

/** The mark of each way that a message takes. */
export const channelIcons: Readonly<Record<Channel, IconName>> = {
  front: 'eye',
  back: 'lock',
  human: 'hand',
  check: 'shield',
  make: 'tab',
}
