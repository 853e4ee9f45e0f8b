/** What docs/adopt.md says, taken from the page itself: its files, packages, compiler options and headers. */
import { readFileSync } from 'node:fs'

const guide = readFileSync('docs/adopt.md', 'utf8')

function found(pattern: RegExp): string {
  const text = pattern.exec(guide)?.[1]
  if (text === undefined) throw new Error(`docs/adopt.md has nothing like ${pattern}`)
  return text
}

/** The code block that begins with this file's name. */
export const fileOf = (name: string): string =>
  found(new RegExp(`\`\`\`tsx?\\n// ${name.replace('.', '\\.')}\\n([\\s\\S]*?)\`\`\``))

export const packages: readonly string[] = found(/npm install (.+)/).split(' ')

const optionsText = found(/In `tsconfig\.json` ([\s\S]*?)\n\n/)
export const compilerOptions: Readonly<Record<string, unknown>> = Object.fromEntries(
  [...optionsText.matchAll(/`"(\w+)": (.+?)`/g)].map(([, name, value]) => [
    String(name),
    JSON.parse(String(value)),
  ]),
)

/** A line that begins with a space continues the one before; a note in brackets is not sent. */
export function headersOf(replace: (text: string) => string): (path: string) => Record<string, string> {
  const block = found(/### 5\. Send headers\n\n```\n([\s\S]*?)```/)
  const lines = replace(block)
    .replaceAll(/\n\s+/g, ' ')
    .replaceAll(/ {2,}\(.*?\)/g, '')
    .trim()
    .split('\n')
  const headers = Object.fromEntries(
    lines.map(line => {
      const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? []
      if (name === undefined || value === undefined) throw new Error(`no header: ${line}`)
      return [name, value]
    }),
  )
  const policy = headers['Content-Security-Policy'] ?? ''
  const framed = { ...headers, 'Content-Security-Policy': replaced(policy, framePolicy) }
  return path => (path === '/silent-callback.html' ? framed : headers)
}

const framePolicy = {
  "frame-ancestors 'none'": found(/`silent-callback\.html` is the one page with `(frame-ancestors .+?)`/),
}

/** Replaces each text, and fails when one of them is not there. */
export function replaced(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`nothing to replace: ${from}`)
    return result.replaceAll(from, () => to)
  }, text)
}
