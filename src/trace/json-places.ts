/** Members of JSON objects, found without reading the JSON: it may be cut, stand in a page, or in a text of JSON. */

/** `"name":"`, the quotes escaped as often as the text is text inside JSON. */
const member = /(?<!\\)(\\*)"(\w+)\1"\s*:\s*\1"/g

/** A copy of `body`: every text whose name has a kind is what `change` says, given what JSON means by it. */
export function inJson<K>(
  body: string,
  kinds: ReadonlyMap<string, K>,
  change: (kind: K, text: string) => string,
): string {
  let result = ''
  let from = 0
  for (const found of body.matchAll(member)) {
    const [opening, slashes = '', name = ''] = found
    const kind = kinds.get(name)
    if (kind === undefined || found.index < from) continue
    const start = found.index + opening.length
    const end = closing(body, start, slashes.length)
    const raw = body.slice(start, end)
    const text = meant(raw, slashes.length)
    const changed = change(kind, text)
    result += body.slice(from, start) + (changed === text ? raw : changed)
    from = end
  }
  return result + body.slice(from)
}

/** Where the text ends that began after a quote with so many backslashes; the end of a body that was cut. */
function closing(body: string, start: number, slashes: number): number {
  for (let quote = body.indexOf('"', start); quote >= 0; quote = body.indexOf('"', quote + 1)) {
    let before = 0
    while (quote - before > start && body[quote - before - 1] === '\\') before++
    if (before < slashes || before % (2 * slashes + 2) === slashes) return quote - Math.min(before, slashes)
  }
  return body.length
}

function meant(raw: string, slashes: number): string {
  let text = raw
  for (let level = slashes; level >= 0; level = level === 0 ? -1 : (level - 1) >> 1) {
    const read = unescaped(text)
    if (read === null) return raw
    text = read
  }
  return text
}

function unescaped(text: string): string | null {
  try {
    const read: unknown = JSON.parse(`"${text}"`)
    return typeof read === 'string' ? read : null
  } catch {
    return null
  }
}
