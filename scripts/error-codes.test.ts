import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { knownCodes } from '../src/app/error-texts.ts'
import { errorCodes, notGiven } from './error-codes.ts'

/** Where failures come from: the client, what the app adds, the questions of the doctor, a page that was left. Not what tells of them. */
const givers = /^(oauth|session|app|trace)\/|^doctor\/(ask-|reach\.)|^sequence\/left\./

test('docs/errors.md has every code, in the words of the app', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorCodes())
})

test('"not given" are exactly the codes that nothing gives', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => givers.test(name) && /\.tsx?$/.test(name) && !/\.test|error-texts/.test(name))
    .map(name => readFileSync(`src/${name}`, 'utf8'))
    .join('\n')
  const unused = knownCodes.filter(code => !sources.includes(`'${code}'`))
  expect(unused.toSorted()).toEqual([...notGiven].toSorted())
})
