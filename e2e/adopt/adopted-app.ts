/** The app of docs/adopt.md, made the way the page says, in a folder outside this project. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { compilerOptions, fileOf, packages, replaced } from './guide.ts'

export interface AdoptedApp {
  readonly dist: string
  /** @throws Error with what the compiler said */
  checkTypes(): void
  remove(): void
}

/** What `npm create vite` writes for React and TypeScript, without the options that the page names itself. */
const template = {
  target: 'es2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'esnext',
  types: [],
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  moduleDetection: 'force',
  noEmit: true,
  jsx: 'react-jsx',
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  noFallthroughCasesInSwitch: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  exactOptionalPropertyTypes: true,
}

const page =
  '<!doctype html><html lang="en"><title>Adopted</title><div id="root"></div><script type="module" src="/main.tsx"></script></html>'

/**
 * @param auth what stands for the example's own values in `auth.ts`
 * @param app the same in `app.tsx`
 */
export async function adopt(
  auth: Readonly<Record<string, string>>,
  app: Readonly<Record<string, string>>,
): Promise<AdoptedApp> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adopted-')))
  for (const part of ['oauth', 'session'])
    cpSync(`src/${part}`, join(folder, part), {
      recursive: true,
      filter: path => !/\.(test|test-data)\.tsx?$/.test(path),
    })
  mkdirSync(join(folder, 'public'))
  for (const file of ['silent-callback.html', 'silent-callback.js'])
    copyFileSync(`public/${file}`, join(folder, 'public', file))
  for (const name of [...packages, 'react', 'react-dom', '@types/react', '@types/react-dom']) {
    const place = join(folder, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(resolve('node_modules', name), place, 'junction')
  }
  writeFileSync(join(folder, 'arrival.ts'), fileOf('arrival.ts'))
  writeFileSync(join(folder, 'auth.ts'), replaced(fileOf('auth.ts'), auth))
  writeFileSync(join(folder, 'main.tsx'), fileOf('main.tsx'))
  writeFileSync(join(folder, 'app.tsx'), replaced(fileOf('app.tsx'), app))
  writeFileSync(join(folder, 'index.html'), page)
  const options = { compilerOptions: { ...template, ...compilerOptions }, include: ['*.ts', '*.tsx'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
  await build({ root: folder, configFile: false, plugins: [react()], logLevel: 'error' })
  return {
    dist: join(folder, 'dist'),
    checkTypes() {
      try {
        execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder, '--noEmit'])
      } catch (error) {
        throw new Error(String(error instanceof Error && 'stdout' in error ? error.stdout : error))
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
