/**
 * Prints what the client weighs when it is bundled alone, React external: what is fetched at once (a callback needs
 * nothing more up to the profile), and all of it with the parts that load beside it.
 */
import { gzipSync } from 'node:zlib'
import { build, minify, type Plugin } from 'vite'

const entry = 'virtual:client'
const source = `
export { createClient } from '/src/session/client.ts'
export { browserPorts } from '/src/session/browser-ports.ts'
export * from '/src/session/session-provider.tsx'
`

const clientEntry: Plugin = {
  name: 'client-entry',
  resolveId: id => (id === entry ? `\0${entry}` : null),
  load: id => (id === `\0${entry}` ? source : null),
}

/** Leaves out what loads later. */
const withoutLater: Plugin = {
  name: 'without-later',
  resolveDynamicImport: specifier =>
    typeof specifier === 'string' ? { id: specifier, external: true } : null,
}

/** As a library, so that nothing of an app's build (preloading of styles) is counted. */
async function bytes(plugins: Plugin[]): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [clientEntry, ...plugins],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rollupOptions: {
        input: entry,
        external: [/^react($|\/)/, /^react-dom/],
        output: { codeSplitting: false },
      },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const code = outputs
    .flatMap(each => ('output' in each ? each.output : []))
    .flatMap(each => (each.type === 'chunk' ? [each.code] : []))
  const { code: small } = await minify('client.js', code.join('\n'), { module: true })
  return gzipSync(small, { level: 9 }).length
}

export interface ClientSize {
  readonly atOnce: number
  readonly all: number
}

/** Bytes after gzip. */
export async function clientSize(): Promise<ClientSize> {
  return { atOnce: await bytes([withoutLater]), all: await bytes([]) }
}

if (process.argv[1]?.endsWith('client-size.ts')) {
  const { atOnce, all } = await clientSize()
  console.log(`client, gzip, React external: ${atOnce} bytes at once, ${all} bytes with everything`)
}
