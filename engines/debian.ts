/** Finding what a run needs, and installing it where this is Debian and the user is root. */
import { existsSync } from 'node:fs'
import { run } from '../interop/command.ts'

export interface Needed {
  /** Where the programs may stand; the first that is there is taken. */
  readonly programs: Readonly<Record<string, readonly string[]>>
  readonly packages: readonly string[]
}

async function find(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    if (candidate.includes('/')) {
      if (existsSync(candidate)) return candidate
      continue
    }
    const { code, output } = await run('which', [candidate])
    if (code === 0) return output.trim()
  }
  return null
}

async function findAll(needed: Needed): Promise<Map<string, string> | null> {
  const found = new Map<string, string>()
  for (const [name, candidates] of Object.entries(needed.programs)) {
    const path = await find(candidates)
    if (path === null) return null
    found.set(name, path)
  }
  return found
}

/**
 * Paths of the programs, by the names in `needed.programs`.
 * @returns a sentence that says what to install, when something is missing and could not be installed
 */
export async function provide(needed: Needed): Promise<Map<string, string> | string> {
  const there = await findAll(needed)
  if (there) return there
  if (process.getuid?.() === 0 && (await find(['apt-get'])) !== null) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...needed.packages], { env })
    const now = await findAll(needed)
    if (now) return now
  }
  return `install ${needed.packages.join(', ')} (names of Debian's packages)`
}
