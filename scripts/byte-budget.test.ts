import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type ClientSize, clientSize } from './client-size.ts'

/** Bytes after gzip of the scripts that the start page needs for a usable button. */
const budget = 113_000
/** The same with what the click and the recorder load before the person leaves for the provider. */
const leavingBudget = 130_000

let chunks: Rollup.OutputChunk[] = []
let page = ''
let client: ClientSize

beforeAll(async () => {
  // The test runner sets its own mode, and React's development build is three times as large.
  vi.stubEnv('NODE_ENV', 'production')
  const result = await build({ logLevel: 'silent', build: { write: false } })
  client = await clientSize()
  vi.unstubAllEnvs()
  const outputs = Array.isArray(result) ? result : [result]
  const files = outputs.flatMap(each => ('output' in each ? each.output : []))
  chunks = files.filter(each => each.type === 'chunk')
  page = files
    .filter(each => each.type === 'asset')
    .filter(each => each.fileName === 'index.html')
    .map(each => String(each.source))
    .join('')
}, 60_000)

/** The chunk that holds this module, and everything it imports statically. */
function loadedWith(module: string): Set<Rollup.OutputChunk> {
  const found = new Set<Rollup.OutputChunk>()
  const follow = (chunk: Rollup.OutputChunk | undefined): void => {
    if (!chunk || found.has(chunk)) return
    found.add(chunk)
    for (const name of chunk.imports) follow(chunks.find(each => each.fileName === name))
  }
  follow(chunks.find(chunk => Object.keys(chunk.modules).some(id => id.endsWith(module))))
  return found
}

const start = () => new Set([...loadedWith('src/main.tsx'), ...loadedWith('src/app/app.tsx')])
const bytesOf = (loaded: Iterable<Rollup.OutputChunk>) =>
  [...loaded].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0)
const modules = (loaded: Iterable<Rollup.OutputChunk>) =>
  [...loaded].flatMap(chunk => Object.keys(chunk.modules))

test('oauth, session and the React binding, bundled alone, load less than 14 kB at once', () => {
  const { atOnce, all } = client
  expect(atOnce).toBeGreaterThan(5_000)
  expect(atOnce).toBeLessThan(14_000)
  expect(all).toBeGreaterThan(atOnce)
})

describe('what a first visit loads', () => {
  test('the scripts for a usable button stay under 113 kB', () => {
    expect(bytesOf(start())).toBeGreaterThan(50_000)
    expect(bytesOf(start())).toBeLessThan(budget)
  })

  test('the scripts until the person leaves for the provider stay under 130 kB', () => {
    const later = ['src/session/sign-in.ts', 'src/oauth/discovery.ts', 'src/trace/keeper.ts'].map(loadedWith)
    expect(later.every(chunks => chunks.size > 0)).toBe(true)
    const all = new Set([...start(), ...later.flatMap(chunks => [...chunks])])
    expect(bytesOf(all)).toBeGreaterThan(bytesOf(start()))
    expect(bytesOf(all)).toBeLessThan(leavingBudget)
  })

  test('neither lens, lab nor doctor is loaded for a sign-in', () => {
    const rooms =
      /\/src\/(inspector|explain|sequence|doctor|choice|presets|lab|attack|experiments|report-card|lesson)\//
    expect(modules(start()).filter(id => rooms.test(id))).toEqual([])
    expect(modules(loadedWith('src/app/profile-route.tsx')).filter(id => rooms.test(id))).toEqual([])
  })

  test('React is fetched beside the first script, not after it', () => {
    const [app] = chunks.filter(chunk =>
      Object.keys(chunk.modules).some(id => id.endsWith('src/app/app.tsx')),
    )
    expect(page).toContain(`<link rel="modulepreload" crossorigin href="/${app?.fileName}">`)
  })

  test('React is not needed to finish a callback', () => {
    expect(modules(loadedWith('src/main.tsx')).filter(id => /node_modules\/react/.test(id))).toEqual([])
  })
})
