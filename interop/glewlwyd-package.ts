/**
 * The Debian package of Glewlwyd, unpacked into a folder instead of installed: no root, no service on the machine.
 */
import { access, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { run } from './command.ts'

/** Files of the sign-in page that may already be installed on the machine, and so would not be listed as missing. */
const pageAssets = ['libjs-jquery', 'libjs-bootstrap4', 'libjs-popper.js', 'fonts-fork-awesome']
/** The last alternative spares the clients of three databases. */
const wanted = ['glewlwyd', 'dbconfig-no-thanks']

export interface Unpacked {
  readonly folder: string
  readonly server: string
  /** For `LD_LIBRARY_PATH`. */
  readonly libraries: string
  /** For `PATH`: `sqlite3`, where the machine has none. */
  readonly binaries: string
}

async function missingPackages(): Promise<string[] | null> {
  const { code, output } = await run('apt-get', [
    'install',
    '--simulate',
    '--no-install-recommends',
    ...wanted,
  ])
  if (code !== 0) return null
  return [...output.matchAll(/^Inst (\S+)/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

/**
 * Unpacks below `home` once.
 * @returns where it is, or a sentence when this machine lacks the tools for it
 * @throws Error when the tools are there and the package cannot be had
 */
export async function unpackGlewlwyd(
  home: string,
  print: (line: string) => void,
): Promise<Unpacked | string> {
  const folder = join(home, 'glewlwyd')
  const ready = await access(join(folder, 'usr', 'bin', 'glewlwyd')).then(
    () => true,
    () => false,
  )
  if (!ready) {
    const problem = await download(home, folder, print)
    if (problem !== null) return problem
  }
  const libraryFolder = join(folder, 'usr', 'lib')
  const triplets = (await readdir(libraryFolder)).filter(name => name.endsWith('-linux-gnu'))
  return {
    folder,
    server: join(folder, 'usr', 'bin', 'glewlwyd'),
    libraries: triplets.map(name => join(libraryFolder, name)).join(':'),
    binaries: join(folder, 'usr', 'bin'),
  }
}

async function download(home: string, folder: string, print: (line: string) => void): Promise<string | null> {
  if ((await run('apt-get', ['--version'])).code !== 0)
    return 'apt-get is not installed; it fetches the package glewlwyd'
  let missing = await missingPackages()
  if (missing === null && process.getuid?.() === 0) {
    await run('apt-get', ['update'])
    missing = await missingPackages()
  }
  if (missing === null) return 'apt-get knows no package glewlwyd; on Debian run apt-get update first'
  const packages = [...new Set(['glewlwyd', 'glewlwyd-common', ...missing, ...pageAssets])]
  const archives = join(home, 'glewlwyd-packages')
  const staging = join(home, 'glewlwyd-unpacking')
  await rm(archives, { recursive: true, force: true })
  await rm(staging, { recursive: true, force: true })
  await mkdir(archives, { recursive: true })
  await mkdir(staging, { recursive: true })
  print(`fetching the Debian package glewlwyd and ${packages.length - 1} it needs`)
  const fetched = await run('apt-get', ['download', ...packages], { cwd: archives })
  if (fetched.code !== 0) throw new Error(`apt-get could not fetch glewlwyd (exit code ${fetched.code})`)
  for (const archive of await readdir(archives)) {
    const unpacked = await run('dpkg', ['-x', join(archives, archive), staging])
    if (unpacked.code !== 0) throw new Error(`dpkg could not unpack ${archive}`)
  }
  await rename(staging, folder)
  await rm(archives, { recursive: true, force: true })
  return null
}

/**
 * Makes a fresh workspace: an empty database and the pages. The pages are copied with their links resolved, because
 * Glewlwyd answers 404 for a file behind a symbolic link, and the package links the stylesheets and jQuery.
 */
export async function freshWorkspace(
  unpacked: Unpacked,
  work: string,
): Promise<{ database: string; pages: string }> {
  await rm(work, { recursive: true, force: true })
  const pages = join(work, 'webapp')
  const shared = join(unpacked.folder, 'usr', 'share', 'glewlwyd')
  await mkdir(work, { recursive: true })
  await rm(join(shared, 'webapp', 'config.json'), { force: true })
  await cp(join(shared, 'webapp'), pages, { recursive: true, dereference: true })
  await cp(join(shared, 'templates', 'config.json'), join(pages, 'config.json'))
  const sql = join(unpacked.folder, 'usr', 'share', 'doc', 'glewlwyd', 'database', 'init.sqlite3.sql.gz')
  const script = join(work, 'init.sql')
  await writeFile(script, gunzipSync(await readFile(sql)))
  const database = join(work, 'glewlwyd.db')
  const made = await run('sqlite3', [database, `.read ${script}`], {
    env: { LD_LIBRARY_PATH: unpacked.libraries, PATH: `${process.env['PATH'] ?? ''}:${unpacked.binaries}` },
  })
  if (made.code !== 0) throw new Error(`sqlite3 could not make the database: ${made.output.slice(0, 200)}`)
  return { database, pages }
}
