/** Builds the app once before the journeys; they run against the built files. */
import { build } from 'vite'

export default async function buildOnce(): Promise<void> {
  if (process.env['SKIP_BUILD'] === '1') return
  await build({ logLevel: 'error' })
}
