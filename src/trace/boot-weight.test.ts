import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'

test('the part of the recorder that boot waits for is under 3 kB gzip', { timeout: 120_000 }, async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rollupOptions: {
        input: ['recorder.ts', 'tab.ts'].map(file => new URL(file, import.meta.url).pathname),
        preserveEntrySignatures: 'strict',
      },
    },
  })
  if (!('output' in built)) throw new Error('one build, one output')
  const chunks = built.output.flatMap(file => (file.type === 'chunk' ? [file] : []))
  const boot = chunks.filter(chunk => !chunk.isDynamicEntry)
  const later = chunks.filter(chunk => chunk.isDynamicEntry)
  expect(later.map(chunk => chunk.name)).toEqual(['keeper'])
  const weight = boot.reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0)
  expect(weight).toBeGreaterThan(500)
  expect(weight).toBeLessThan(3_000)
})
