/** Programs of the system: where they are, and installing them where this is Debian and the user is root. */
import { execFileSync } from 'node:child_process'

/** The program's path; null where it is not installed. */
export function onPath(name: string): string | null {
  try {
    return (
      execFileSync('which', [name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim() || null
    )
  } catch {
    return null
  }
}

/** Tries; whether it worked is for the caller to look. */
export function installOnDebian(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  try {
    execFileSync('apt-get', ['update', '-qq'], quiet)
    execFileSync('apt-get', ['install', '-y', '-qq', ...packages], quiet)
  } catch {
    // it is not there then
  }
}
