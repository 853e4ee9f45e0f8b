import type { ClientConfig } from '../oauth/client-config.ts'
import { createTabs } from '../session/tabs.ts'
import type { Surroundings } from './lab-ports.ts'

/**
 * Runs when somebody signs out, here or in another tab: whoever comes to this page next is not to see what runs were
 * given for whoever was here.
 * @returns ends the listening
 */
export function onSignOut(
  { ports }: Pick<Surroundings, 'ports'>,
  { issuer, clientId }: Pick<ClientConfig, 'issuer' | 'clientId'>,
  run: () => void,
): () => void {
  return createTabs(ports).listen(news => {
    if (news.type === 'signed_out' && news.issuer === issuer && news.clientId === clientId) run()
  })
}
