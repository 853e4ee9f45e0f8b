/** Text with variables in it, and how a shell and JavaScript write it. A secret is always a variable. */
import type { Piece } from './pieces.ts'

type TemplatePart = string | { readonly variable: string }
export type Template = readonly TemplatePart[]

/** Protocol values and withheld secrets become variables; everything else stays. */
export function templateOf(
  pieces: readonly Piece[],
  plainOf: (wire: string) => string = text => text,
): Template {
  return pieces.map(piece => {
    if (piece.type === 'text') return plainOf(piece.text)
    return { variable: piece.type === 'value' ? piece.carried.value : withheldNames[piece.what] }
  })
}

const withheldNames = { personal: 'personal_value', secret: 'secret', proof: 'dpop_proof' } as const

/** The names of the variables that templates use, each once, in order. */
export function variablesIn(templates: readonly Template[]): string[] {
  return [...new Set(templates.flat().flatMap(part => (typeof part === 'string' ? [] : [part.variable])))]
}

/** One word of a POSIX shell: what the shell hands to the program is the template with its variables filled in. */
export function shellWord(template: Template): string {
  const parts = template.filter(part => part !== '')
  if (parts.every(part => typeof part === 'string')) return shellText(parts.join(''))
  if (parts.every(part => typeof part !== 'string' || isPlain(part)))
    return parts.map(part => (typeof part === 'string' ? part : `"$${part.variable}"`)).join('')
  const inQuotes = parts.every(part => typeof part !== 'string' || !/["$`\\!\n]/.test(part))
  if (inQuotes)
    return `"${parts
      .map((part, at) => (typeof part === 'string' ? part : shellVariable(part.variable, parts[at + 1])))
      .join('')}"`
  return parts.map(part => (typeof part === 'string' ? shellText(part) : `"$${part.variable}"`)).join('')
}

function shellVariable(name: string, next: TemplatePart | undefined): string {
  return typeof next === 'string' && /^\w/.test(next) ? `\${${name}}` : `$${name}`
}

function isPlain(text: string): boolean {
  return /^[\w./:=@%+,-]+$/.test(text)
}

function shellText(text: string): string {
  return isPlain(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** A JavaScript expression with the value of the template. */
export function jsExpression(template: Template): string {
  const parts = template.filter(part => part !== '')
  const [only] = parts
  if (only === undefined) return "''"
  if (parts.length === 1 && typeof only !== 'string') return only.variable
  if (parts.every(part => typeof part === 'string')) return jsText(parts.join(''))
  return `\`${parts
    .map(part =>
      typeof part === 'string'
        ? JSON.stringify(part)
            .slice(1, -1)
            .replaceAll('\\"', '"')
            .replaceAll('`', '\\`')
            .replaceAll('${', '\\${')
        : `\${${part.variable}}`,
    )
    .join('')}\``
}

/** A string literal in single quotes. */
export function jsText(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
