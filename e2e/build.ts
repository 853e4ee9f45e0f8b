/** Once before the journeys: the built files, and the static hosts that they are served by. */
import { execFileSync } from 'node:child_process'
import { build } from 'vite'

const hosts = ['nginx', 'caddy']

function has(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export default async function prepare(): Promise<void> {
  const missing = hosts.filter(name => !has(name))
  if (missing.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
    const quiet = { stdio: 'ignore' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    try {
      execFileSync('apt-get', ['update', '-qq'], quiet)
      execFileSync('apt-get', ['install', '-y', '-qq', ...missing], quiet)
    } catch {
      // the line below says what was not run
    }
  }
  for (const name of hosts.filter(each => !has(each)))
    console.log(`${name} is not installed: its deployment was not tested.`)
  if (process.env['SKIP_BUILD'] !== '1') await build({ logLevel: 'error' })
}
