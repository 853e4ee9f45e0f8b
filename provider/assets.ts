/** Files of the pages: style and fonts. Read once, served under /assets. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Middleware } from './oidc-provider.ts'

const require = createRequire(import.meta.url)
const page = (name: string) => fileURLToPath(new URL(`./pages/${name}`, import.meta.url))

const files: Readonly<Record<string, { file: () => string; type: string }>> = {
  '/assets/provider.css': { file: () => page('provider.css'), type: 'text/css; charset=utf-8' },
  '/assets/icon.svg': { file: () => page('icon.svg'), type: 'image/svg+xml' },
  '/assets/inter.woff2': {
    file: () => require.resolve('@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2'),
    type: 'font/woff2',
  },
  '/assets/jetbrains-mono.woff2': {
    file: () =>
      require.resolve('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'),
    type: 'font/woff2',
  },
}

export const serveAssets: Middleware = async (ctx, next) => {
  const asset = files[ctx.path]
  if (!asset) {
    await next()
    return
  }
  ctx.type = asset.type
  ctx.set('Cache-Control', 'max-age=300')
  ctx.body = await readFile(asset.file())
}
