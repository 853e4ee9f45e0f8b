import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { cacheControl, securityHeaders } from './scripts/security-headers.ts'

const port = Number(process.env['APP_PORT'] ?? 5173)
/** The path the app is served under, with both slashes. */
const base = process.env['BASE_PATH'] ?? '/'

/** `npm run preview` answers like the static hosts of docs/deploy.md. */
const previewHeaders: Plugin = {
  name: 'preview-headers',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      for (const [name, value] of Object.entries(securityHeaders(path))) response.setHeader(name, value)
      response.setHeader('Cache-Control', cacheControl(path))
      next()
    })
  },
}

/** GitHub Pages and S3 answer unknown paths with this file: the same page, so that every address works. */
const notFoundPage: Plugin = {
  name: 'not-found-page',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const page = bundle['index.html']
    if (page?.type === 'asset') this.emitFile({ type: 'asset', fileName: '404.html', source: page.source })
  },
}

/** React is asked for by the first script; on a first visit it is fetched beside that script, not after it. */
const earlyApp: Plugin = {
  name: 'early-app',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {}, chunk }) {
      return Object.values(bundle)
        .filter(each => each.type === 'chunk' && each.name === 'app' && each !== chunk)
        .map(each => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: base + each.fileName },
          injectTo: 'head',
        }))
    },
  },
}

/** Each of these comes in one piece with what it needs, not in twenty files of a kilobyte. */
const pieces = [
  ['app', 'src/app/app.tsx'],
  ['profile', 'src/app/profile-route.tsx'],
] as const

interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/** The first piece that cannot do without this module; null: none. */
function pieceOf(id: string, modules: Modules): string | null {
  const needing = new Set<string>()
  const climb = (each: string): void => {
    if (needing.has(each)) return
    needing.add(each)
    for (const importer of modules.getModuleInfo(each)?.importers ?? []) climb(importer)
  }
  climb(id)
  return pieces.find(([, file]) => [...needing].some(each => each.endsWith(file)))?.[0] ?? null
}

const tests = ['{src,provider,scripts}/**/*.test.ts']
const properties = ['src/**/*.property.test.ts']
/** They start other programs, seconds long; the rest is over in less than a minute. */
const programs = ['{src,scripts}/**/*.program.test.ts']
/** They put another module in the place of one, which needs modules of their own. */
const mocked = ['src/experiments/experiments.test.ts']
/** Since version 25 Node has a `localStorage` of its own, which would stand in front of that of the test's page. */
const noStorage = '--no-experimental-webstorage'

export default defineConfig({
  base,
  plugins: [react(), previewHeaders, earlyApp, notFoundPage],
  // Not the pages of bench/: one of them imports what is fetched when it runs.
  optimizeDeps: { entries: ['index.html'] },
  server: { host: 'localhost', port, strictPort: true },
  preview: { host: 'localhost', port, strictPort: true },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'session', tags: ['$initial'], priority: 1 },
            { name: pieceOf, debugName: 'pieces' },
          ],
        },
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        // Modules keep no state between files, so a worker loads each of them once.
        test: {
          name: 'unit',
          include: tests,
          exclude: [...properties, ...programs, ...mocked],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocked', include: mocked } },
      { extends: true, test: { name: 'properties', include: properties } },
      { extends: true, test: { name: 'programs', include: programs } },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: 'scripts/jsdom-bytes.ts',
        },
      },
    ],
    maxWorkers: '100%',
    execArgv: process.allowedNodeEnvironmentFlags.has(noStorage) ? [noStorage] : [],
    restoreMocks: true,
    // No test measures time; a busy machine is only slow, and a hung test still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: process.env['CI'] ? 1 : 0,
  },
})
