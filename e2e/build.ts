/** Once before the journeys: the built files, and the static hosts that they are served by. */
import { build } from 'vite'
import { installOnDebian, onPath } from '../scripts/programs.ts'

const hosts = ['nginx', 'caddy']

export default async function prepare(): Promise<void> {
  const missing = () => hosts.filter(name => onPath(name) === null)
  if (missing().length > 0) installOnDebian(missing())
  for (const name of missing()) console.log(`${name} is not installed: its deployment was not tested.`)
  if (process.env['SKIP_BUILD'] !== '1') await build({ logLevel: 'error' })
}
