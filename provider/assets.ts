/** Files of the pages: style and fonts. Served under /assets. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Middleware } from './oidc-provider.ts'

const require = createRequire(import.meta.url)
const page = (name: string) => fileURLToPath(new URL(`./pages/${name}`, import.meta.url))

/** One sheet for all pages, fetched once. Later ones overrule earlier ones. */
const sheets = ['base', 'frame', 'parts', 'forms', 'sign-in-page', 'consent-page']

const assets: Readonly<Record<string, { files: () => string[]; type: string }>> = {
  '/assets/provider.css': {
    files: () => sheets.map(name => page(`${name}.css`)),
    type: 'text/css; charset=utf-8',
  },
  '/assets/icon.svg': { files: () => [page('icon.svg')], type: 'image/svg+xml' },
  '/assets/inter.woff2': {
    files: () => [require.resolve('@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2')],
    type: 'font/woff2',
  },
  '/assets/jetbrains-mono.woff2': {
    files: () => [
      require.resolve('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'),
    ],
    type: 'font/woff2',
  },
}

export const serveAssets: Middleware = async (ctx, next) => {
  const asset = assets[ctx.path]
  if (!asset) {
    await next()
    return
  }
  ctx.type = asset.type
  ctx.set('Cache-Control', 'max-age=300')
  ctx.body = Buffer.concat(await Promise.all(asset.files().map(file => readFile(file))))
}
