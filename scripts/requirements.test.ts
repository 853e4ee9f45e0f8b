import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const id = /\b(?:AREQ|PKCE|RESP|TOK|META|ISS|IDT|UINF|BEAR|RT|SIL|LOUT|REV|DPOP|PAR|RES|WEB|BBA|SESS)-\d\d\b/g
const idsIn = (text: string) => new Set(text.match(id))

const files = ['src', 'e2e', 'provider', 'scripts'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
)
const sources = (isWanted: (file: string) => boolean) =>
  idsIn(
    files
      .filter(isWanted)
      .map(file => readFileSync(file, 'utf8'))
      .join('\n'),
  )
const listed = [...readFileSync('docs/requirements.md', 'utf8').matchAll(/^\| ([A-Z]+-\d\d) \|/gm)].map(
  ([, each]) => each ?? '',
)

test('docs/requirements.md has every id that the project cites, once, and no other', () => {
  expect([...listed].sort()).toEqual([...sources(() => true)].sort())
})

test('every requirement names a test', () => {
  const tested = sources(file => /\.(test|spec)\.tsx?$|^e2e\/hostile\//.test(file))
  expect(listed.filter(each => !tested.has(each))).toEqual([])
})
