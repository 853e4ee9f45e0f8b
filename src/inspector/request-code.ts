/** A request of this run as a cURL line and as a fetch call. Values come from variables: no secret is in the text. */
import type { HttpRequest } from '../oauth/step.ts'
import type { Carried } from '../sequence/message.ts'
import { kindOfName } from '../trace/secret-places.ts'
import { jsExpression, jsText, shellWord, type Template, templateOf, variablesIn } from './code-template.ts'
import { formOf } from './flow-values.ts'
import { piecesOf, piecesOfHeader, piecesOfNamed } from './pieces.ts'

export interface RequestCode {
  readonly text: string
  /** Names of the variables that must be set first. */
  readonly variables: readonly string[]
}

interface Parts {
  /** The address, without its query when that is listed apart. */
  readonly address: Template
  readonly query: readonly (readonly [string, Template])[]
  readonly headers: readonly (readonly [string, Template])[]
  readonly form: readonly (readonly [string, Template])[] | null
  readonly body: Template | null
}

function partsOf(request: HttpRequest, known: readonly Carried[]): Parts {
  const form = formOf(request)
  const pairs = (text: string) =>
    [...new URLSearchParams(text)].map(
      ([name, value]) => [name, templateOf(piecesOfNamed(kindOfName(name), value, value, known))] as const,
    )
  const apart = request.body === null ? secretQuery(request.url, pairs) : null
  return {
    address: apart === null ? templateOf(piecesOf(request.url, known)) : [request.url.split('?')[0] ?? ''],
    query: apart ?? [],
    headers: Object.entries(request.headers).map(([name, value]) => [
      name,
      templateOf(piecesOfHeader(name, value, known)),
    ]),
    form: form === null ? null : pairs(form),
    body: request.body === null || form !== null ? null : templateOf(piecesOf(request.body, known)),
  }
}

/** A query with variables in it, which must be encoded when they are filled in; null when it holds none. */
function secretQuery<T extends readonly (readonly [string, Template])[]>(
  url: string,
  pairs: (text: string) => T,
): T | null {
  const at = url.indexOf('?')
  const query = pairs(at < 0 ? '' : url.slice(at + 1).replace(/#.*$/s, ''))
  return variablesIn(query.map(([, value]) => value)).length === 0 ? null : query
}

function variablesOf(parts: Parts): string[] {
  const named = [...parts.query, ...parts.headers, ...(parts.form ?? [])].map(([, value]) => value)
  return variablesIn([parts.address, ...named, parts.body ?? []])
}

const isFormType = (name: string, value: Template) =>
  name.toLowerCase() === 'content-type' &&
  value.join('').toLowerCase() === 'application/x-www-form-urlencoded'

/**
 * @param origin of the page; a browser adds it by itself, cURL does not; null for a navigation
 */
export function curlFor(request: HttpRequest, known: readonly Carried[], origin: string | null): RequestCode {
  const parts = partsOf(request, known)
  const options: string[] = []
  const hasBody = parts.form !== null || parts.body !== null
  if (/[[\]{}]/.test(parts.address.join(''))) options.push('-g')
  if (request.method !== (hasBody ? 'POST' : 'GET')) options.push(`-X ${shellWord([request.method])}`)
  if (origin !== null) options.push(`-H ${shellWord([`Origin: ${origin}`])}`)
  for (const [name, value] of parts.headers) {
    if (parts.form !== null && isFormType(name, value)) continue
    const empty = value.every(part => part === '')
    options.push(`-H ${shellWord(empty ? [`${name};`] : [`${name}: `, ...value])}`)
  }
  if (parts.query.length > 0) options.push('-G')
  for (const [name, value] of [...parts.query, ...(parts.form ?? [])]) options.push(dataOption(name, value))
  if (parts.form !== null && parts.form.length === 0) options.push("-d ''")
  if (parts.body !== null) options.push(`--data-raw ${shellWord(parts.body)}`)
  const text = [`curl -i ${shellWord(parts.address)}`, ...options.map(option => `  ${option}`)].join(' \\\n')
  return { text, variables: variablesOf(parts) }
}

/** cURL takes `=text` for a text without a name, so that an empty name has to be written out. */
function dataOption(name: string, value: Template): string {
  if (name !== '') return `--data-urlencode ${shellWord([`${encodeURIComponent(name)}=`, ...value])}`
  const encoded = value.map(part => (typeof part === 'string' ? encodeURIComponent(part) : part))
  return `--data-raw ${shellWord(['=', ...encoded])}`
}

export function fetchFor(request: HttpRequest, known: readonly Carried[]): RequestCode {
  const parts = partsOf(request, known)
  const init: string[] = []
  if (request.method !== 'GET') init.push(`method: ${jsText(request.method)}`)
  const headers = parts.headers.filter(([name, value]) => parts.form === null || !isFormType(name, value))
  if (headers.length > 0) init.push(`headers: ${objectOf(headers, 1)}`)
  if (parts.form !== null) init.push(`body: new URLSearchParams(${objectOf(parts.form, 1)})`)
  if (parts.body !== null) init.push(`body: ${jsExpression(parts.body)}`)
  init.push("credentials: 'omit'")
  const options = init.map(line => `  ${line},\n`).join('')
  return {
    text: `const response = await fetch(${addressOf(parts)}, {\n${options}})`,
    variables: variablesOf(parts),
  }
}

/** The address that the tab goes to, built and then opened. */
export function navigationFor(url: string, known: readonly Carried[]): RequestCode {
  const at = url.indexOf('?')
  const base = at < 0 ? url : url.slice(0, at)
  const query = [...new URLSearchParams(at < 0 ? '' : url.slice(at + 1))].map(
    ([name, value]) => [name, templateOf(piecesOfNamed(kindOfName(name), value, value, known))] as const,
  )
  return {
    text: [
      `const url = new URL(${jsText(base)})`,
      `url.search = String(new URLSearchParams(${objectOf(query, 0)}))`,
      'location.assign(url)',
    ].join('\n'),
    variables: variablesIn(query.map(([, value]) => value)),
  }
}

function addressOf(parts: Parts): string {
  if (parts.query.length === 0) return jsExpression(parts.address)
  return `${jsExpression([...parts.address, '?'])} + new URLSearchParams(${objectOf(parts.query, 0)})`
}

/** An object when every name may be a key once and keeps its place, else a list of pairs. */
function objectOf(pairs: readonly (readonly [string, Template])[], depth: number): string {
  if (pairs.length === 0) return '{}'
  const names = pairs.map(([name]) => name)
  const plain =
    new Set(names).size === names.length &&
    names.every(name => /^[a-z_-][\w-]*$/i.test(name) && name !== '__proto__')
  const indent = '  '.repeat(depth + 1)
  const lines = pairs.map(([name, value]) => {
    const expression = jsExpression(value)
    if (!plain) return `${indent}[${jsText(name)}, ${expression}],\n`
    if (name === expression) return `${indent}${name},\n`
    return `${indent}${/^\w+$/.test(name) ? name : jsText(name)}: ${expression},\n`
  })
  const [open, close] = plain ? ['{', '}'] : ['[', ']']
  return `${open}\n${lines.join('')}${'  '.repeat(depth)}${close}`
}
