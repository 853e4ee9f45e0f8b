/**
 * Serves the built app as a static host should: files, `index.html` for unknown paths, the security headers in their
 * strict form, and a `config.json` per step.
 */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { listenOnLoopback } from '../provider/loopback-server.ts'
import { cacheControl, type HeaderOptions, securityHeaders } from '../scripts/security-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

export interface ServedApp {
  readonly origin: string
  /** What `/config.json` answers from now on, in the words of the outside contract. */
  configure(config: Readonly<Record<string, unknown>>): void
  close(): Promise<void>
}

/** The file below `root` for a path of the address bar, or `index.html`; null for a missing asset. */
async function fileFor(root: string, path: string): Promise<string | null> {
  const wanted = normalize(join(root, decodeURIComponent(path)))
  const inside = wanted.startsWith(root + sep)
  if (
    inside &&
    (await stat(wanted).then(
      found => found.isFile(),
      () => false,
    ))
  )
    return wanted
  return extname(path) === '' ? join(root, 'index.html') : null
}

/**
 * Starts the server on `http://localhost:<port>`.
 * @param pinned the only other origins that the app may speak to, and that people are sent on to
 * @param changed headers that differ from those that a host should send
 */
export async function serveBuiltApp(
  root: string,
  port: number,
  pinned: HeaderOptions,
  changed: Readonly<Record<string, string>> = {},
): Promise<ServedApp> {
  let config: Readonly<Record<string, unknown>> = {}
  const origin = `http://localhost:${port}`
  const server = await listenOnLoopback(async (_request, response, { pathname }) => {
    if (pathname === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      response.end(JSON.stringify(config))
      return
    }
    const file = await fileFor(root, pathname)
    if (file === null) {
      response.writeHead(404).end()
      return
    }
    const body = await readFile(file)
    response.writeHead(200, {
      ...securityHeaders(pathname, pinned),
      ...changed,
      'Cache-Control': cacheControl(pathname),
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    })
    response.end(body)
  }, port)
  return {
    origin,
    configure: next => {
      config = next
    },
    close: server.close,
  }
}
