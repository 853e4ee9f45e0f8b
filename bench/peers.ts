/** Another library on the same provider and by the same measure. It is fetched for the run and never a dependency. */
import { execFile } from 'node:child_process'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Contender } from './callback.ts'
import { buildFolder, here, serve } from './site.ts'
import { originOf, ports, type Stage } from './stage.ts'

const packages = ['react@19', 'react-dom@19', 'react-oidc-context', 'oidc-client-ts']

/** @returns none, with one line that says so, where the registry cannot be reached */
export async function preparePeers({ temporary, demo, onClose }: Stage): Promise<Contender[]> {
  const folder = join(temporary, 'peer')
  try {
    await promisify(execFile)(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', ...packages],
      {
        timeout: 120_000,
      },
    )
  } catch {
    console.log('react-oidc-context could not be fetched from the registry; the run goes on without it.\n')
    return []
  }
  const manifest = await readFile(join(folder, 'node_modules/react-oidc-context/package.json'), 'utf8')
  await cp(`${here}peer-page`, join(folder, 'page'), { recursive: true })
  const built = join(temporary, 'peer-built')
  await buildFolder(join(folder, 'page'), built)
  onClose(await serve({ folder: built, port: ports.peer, config: { ...demo.config } }))
  return [{ name: `react-oidc-context ${JSON.parse(manifest).version}`, origin: originOf(ports.peer) }]
}
