import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = dirname(fileURLToPath(import.meta.url))

/** The rooms where a person works with a recorded sign-in know each other; none of them is known outside. */
const workshops = ['pause', 'lesson', 'lab', 'experiments', 'report-card', 'attack']
const story = ['sequence', 'trace', 'oauth']
const picture = ['explain', ...story]

/** Who may import whom; a room may always import itself. `docs/architecture.md` says what each is for. */
const map: Readonly<Record<string, readonly string[] | 'everyone'>> = {
  oauth: [],
  ui: [],
  session: ['oauth'],
  trace: ['oauth'],
  sequence: ['trace', 'oauth'],
  explain: story,
  inspector: [...picture, 'ui'],
  lens: ['inspector', ...picture, 'ui'],
  ...Object.fromEntries(
    workshops.map(room => [room, [...workshops, 'lens', 'inspector', ...picture, 'session', 'ui']]),
  ),
  presets: ['oauth'],
  choice: ['presets', 'oauth', 'ui'],
  doctor: ['choice', 'presets', 'oauth', 'ui'],
  profile: ['session', 'oauth', 'ui'],
  app: 'everyone',
}

const forbiddenNames = /^(utils?|helpers?|services?|common|shared|lib|misc)(\.|$)/
const isTest = (path: string) => /\.(test|property\.test|test-data)\.tsx?$/.test(path)

const entries = readdirSync(src, { withFileTypes: true, recursive: true })
const paths = entries.map(entry => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
const sources = paths.filter(path => /\.tsx?$/.test(path))

/** Every module that a file names: static, type-only, re-exported or dynamic. */
function importsOf(text: string): string[] {
  const quoted = `(?:'([^']+)'|"([^"]+)")`
  const forms = [
    `^\\s*(?:import|export)\\b[^'"\`;]*?\\bfrom\\s*${quoted}`,
    `^\\s*import\\s*${quoted}`,
    `\\bimport\\(\\s*(?:/\\*.*?\\*/\\s*)?${quoted}`,
    `\\bimport\\.meta\\.glob\\([^'"]*${quoted}`,
  ]
  return forms.flatMap(form =>
    [...text.matchAll(new RegExp(form, 'gm'))].map(match => match[1] ?? match[2] ?? ''),
  )
}

const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '')

interface Import {
  readonly from: string
  readonly to: string
}

const imports: Import[] = sources
  .filter(path => path !== basename(fileURLToPath(import.meta.url)))
  .flatMap(from =>
    importsOf(readFileSync(join(src, from), 'utf8')).map(to => ({
      from,
      to: /^\./.test(to)
        ? relative(src, resolve(src, dirname(from), to))
            .split(sep)
            .join('/')
        : to,
    })),
  )

function allowed({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)]
  const isOurs = paths.includes(to)
  if (!isOurs || room === '' || room === target) return true
  const rule = map[room]
  return rule === 'everyone' || rule?.includes(target) === true
}

describe('the import map', () => {
  it('finds every form of import', () => {
    const text = `
      import a from './a.ts'
      import type { B } from "../b.ts"
      import './c.css'
      export { d } from './d.ts'
      export * from './e.ts'
      const f = await import('./f.ts')
      import {
        g,
        type H,
      } from './g.ts'
      const no = \`text from 'nowhere'\`
    `
    expect(importsOf(text).sort()).toEqual(
      ['./a.ts', '../b.ts', './c.css', './d.ts', './e.ts', './f.ts', './g.ts'].sort(),
    )
  })

  it('looks at real files', () => {
    expect(imports.length).toBeGreaterThan(300)
    for (const room of ['oauth', 'session']) expect(sources.some(path => roomOf(path) === room)).toBe(true)
    expect(allowed({ from: 'oauth/token.ts', to: 'session/client.ts' })).toBe(false)
    expect(allowed({ from: 'session/client.ts', to: 'trace/recorder.ts' })).toBe(false)
  })

  it('names every room', () => {
    const rooms = new Set(paths.filter(path => path.includes('/')).map(roomOf))
    expect([...rooms].filter(room => map[room] === undefined)).toEqual([])
  })

  it('holds, type-only imports included', () => {
    const broken = imports.filter(each => !isTest(each.from) && !allowed(each))
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('keeps tests and their data out of the app', () => {
    const broken = imports.filter(({ from, to }) => !isTest(from) && isTest(to))
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('keeps React in .tsx files', () => {
    const react = /^(react|react-dom|react-router|radix-ui|zustand\/react|@tanstack\/react-\w+)($|\/)/
    const broken = imports.filter(
      ({ from, to }) => from.endsWith('.ts') && (react.test(to) || to === 'zustand'),
    )
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })
})

describe('the folders', () => {
  it('are one deep', () => {
    expect(paths.filter(path => path.split('/').length > 2)).toEqual([])
  })

  it('and files are named after one subject', () => {
    const names = paths.flatMap(path => path.split('/'))
    expect(names.filter(name => forbiddenNames.test(name))).toEqual([])
  })

  it('hold everything but the start and this test', () => {
    const atTheTop = sources.filter(path => roomOf(path) === '' && !path.endsWith('.d.ts'))
    expect(atTheTop.sort()).toEqual(['architecture.test.ts', 'main.tsx'])
  })
})
