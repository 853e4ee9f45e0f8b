/** A plain static host that knows only the outside contract: files, `index.html` for unknown paths, a `config.json`. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { securityHeaders } from '../scripts/security-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface StaticHost {
  readonly origin: string
  close(): Promise<void>
}

interface Hosting {
  /** The path under which the files are served, with both slashes. */
  readonly base?: string
  /** The security headers for a path. */
  readonly headersOf?: (path: string) => Readonly<Record<string, string>>
  /** Which paths without a file are answered with `index.html`, others with 404. */
  readonly isPage?: (path: string) => boolean
}

export async function hostDist(
  folder: string,
  port: number,
  config: unknown,
  { base = '/', headersOf = securityHeaders, isPage = () => true }: Hosting = {},
): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (!path.startsWith(base)) {
      response.writeHead(404).end()
      return
    }
    const inside = path.slice(base.length)
    for (const [name, value] of Object.entries(headersOf(path))) response.setHeader(name, value)
    if (inside === 'config.json') {
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(config))
      return
    }
    const file = join(folder, normalize(`/${decodeURIComponent(inside)}`))
    const isFile = existsSync(file) && statSync(file).isFile()
    if (!isFile && !isPage(path)) {
      response.writeHead(404).end()
      return
    }
    const found = isFile ? file : join(folder, 'index.html')
    response.writeHead(200, { 'content-type': types[extname(found)] ?? 'application/octet-stream' })
    createReadStream(found)
      // A test may take its folder away while the last request is answered.
      .on('error', () => response.destroy())
      .pipe(response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
