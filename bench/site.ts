/** Builds and serves the pages that are measured, all by the same server. */
import { fileURLToPath } from 'node:url'
import { build, type Plugin, preview } from 'vite'
import { securityHeaders } from '../scripts/security-headers.ts'

const opener = 'Cross-Origin-Opener-Policy'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The app as it is deployed.
 * @returns names of the scripts that the start page needs for a usable button
 */
export async function buildApp(outDir: string): Promise<readonly string[]> {
  const result = await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  const outputs = Array.isArray(result) ? result : [result]
  const chunks = outputs
    .flatMap(each => ('output' in each ? each.output : []))
    .filter(each => each.type === 'chunk')
  const needed = new Set<string>()
  const follow = (name: string | undefined): void => {
    if (name === undefined || needed.has(name)) return
    needed.add(name)
    for (const each of chunks.find(chunk => chunk.fileName === name)?.imports ?? []) follow(each)
  }
  for (const module of ['src/main.tsx', 'src/app/app.tsx'])
    follow(chunks.find(chunk => Object.keys(chunk.modules).some(id => id.endsWith(module)))?.fileName)
  return [...needed]
}

/** A page of this folder, with the settings of the app's build. */
export async function buildPage(name: string, outDir: string): Promise<void> {
  await buildFolder(here + name, outDir)
}

export async function buildFolder(folder: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: { target: 'es2022', outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
  })
}

export interface Site {
  readonly folder: string
  readonly port: number
  readonly host?: string
  /** What `/config.json` answers. */
  readonly config?: Readonly<Record<string, string>>
  /** With the security headers of the app. */
  readonly asApp?: boolean
  /** With the app's Cross-Origin-Opener-Policy, for which a browser leaves the provider's process. */
  readonly apart?: boolean
}

export async function serve({
  folder,
  port,
  host = 'localhost',
  config,
  asApp,
  apart,
}: Site): Promise<() => Promise<void>> {
  const answers: Plugin = {
    name: 'bench-config',
    configurePreviewServer({ middlewares }) {
      middlewares.use('/config.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify(config ?? {}))
      })
      if (!asApp)
        middlewares.use((request, response, next) => {
          const isHashed = /^\/assets\//.test(request.url ?? '')
          response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-store')
          if (apart) response.setHeader(opener, securityHeaders('/')[opener] ?? '')
          next()
        })
    },
  }
  const server = await preview({
    ...(asApp ? {} : { configFile: false as const }),
    root: asApp ? root : folder,
    logLevel: 'error',
    plugins: [answers],
    build: { outDir: folder },
    preview: { host, port, strictPort: true },
  })
  return () => server.close()
}

export const floorFolder = `${here}floor`
