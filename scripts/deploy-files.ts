/**
 * Writes the files for static hosts from the one source of the headers: `npm run deploy-files`. With
 * `--strict dist/config.json` it pins every outside address to the origins of that one provider: `--pictures` adds one
 * that profile pictures come from, `--pages` one that sign-in pages stand at, each as often as needed. `BASE_PATH` puts
 * the app under a path. Such files are somebody's own, so they are written beside those of the project.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { caddyfile, cloudFrontPolicy, netlifyHeaders, netlifyRedirects, nginxConfig } from './host-files.ts'
import type { HeaderOptions } from './security-headers.ts'
import { namedOrigin, strictOrigins } from './strict-origins.ts'

/** Every file of the project and what belongs in it. */
export function deployFiles(options: HeaderOptions, base = '/'): ReadonlyMap<string, string> {
  return new Map([
    ['public/_headers', netlifyHeaders(options, base)],
    ['public/_redirects', netlifyRedirects(base)],
    ['deploy/nginx.conf', nginxConfig(options, base)],
    ['deploy/Caddyfile', caddyfile(options, base)],
    ['deploy/cloudfront-headers.json', cloudFrontPolicy(options)],
  ])
}

/** What is somebody's own goes into the built folder where a host reads it there, else outside what is served. */
const ownPlace = (path: string) => path.replace('public/', 'dist/').replace('deploy/', 'deploy/own/')

interface Run {
  /** What stands behind the name of the script. */
  readonly args: readonly string[]
  /** `BASE_PATH` of the environment. */
  readonly basePath: string | undefined
  /** Folder of the project. */
  readonly root: string
}

/**
 * Writes the files.
 * @returns where, below the root
 * @throws Error with one line for the person
 */
export async function writeDeployFiles({ args, basePath: base = '/', root }: Run): Promise<string[]> {
  if (!/^\/([\w.~-]+\/)*$/.test(base))
    throw new Error(`BASE_PATH has to begin and end with a slash, for example /lens/, and is ${base}`)
  const options = await pinned(args, root)
  const isOwn = options.origins !== null || base !== '/'
  if (isOwn && !existsSync(join(root, 'dist/index.html')))
    throw new Error('There is nothing in dist/ yet: npm run build first.')
  const written: string[] = []
  for (const [path, content] of deployFiles(options, base)) {
    const target = isOwn ? ownPlace(path) : path
    mkdirSync(dirname(join(root, target)), { recursive: true })
    writeFileSync(join(root, target), content)
    written.push(target)
  }
  return written
}

/** What is pinned; nothing without `--strict`. */
async function pinned(args: readonly string[], root: string): Promise<HeaderOptions> {
  const { strict: file, pictures = [], pages = [] } = read(args)
  if (file === undefined) {
    if (pictures.length + pages.length > 0) throw new Error(usage)
    return { origins: null }
  }
  const path = resolve(root, file)
  if (!existsSync(path)) throw new Error(`There is no ${file}.`)
  return {
    pictures: pictures.map(each => namedOrigin('pictures', each)),
    pages: pages.map(each => namedOrigin('pages', each)),
    origins: await strictOrigins(readFileSync(path, 'utf8')),
  }
}

const usage =
  'Usage: npm run deploy-files, or npm run deploy-files -- --strict dist/config.json [--pictures URL] [--pages URL]'

function read(args: readonly string[]) {
  const several = { type: 'string', multiple: true } as const
  const options = { strict: { type: 'string' }, pictures: several, pages: several } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch {
    throw new Error(usage)
  }
}

if (process.argv[1]?.endsWith('deploy-files.ts'))
  try {
    const args = process.argv.slice(2)
    for (const path of await writeDeployFiles({ args, basePath: process.env['BASE_PATH'], root: '.' }))
      console.log(`wrote ${path}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
