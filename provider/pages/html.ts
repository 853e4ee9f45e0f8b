/** HTML from template strings: every inserted value is escaped unless it is HTML already. */

export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Insert = Html | readonly Html[] | string | number | false | null | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? character)
}

function insert(value: Insert): string {
  if (value === false || value === null || value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return value.map(each => each.text).join('')
}

/** Template tag; false, null and undefined insert nothing. */
export function html(parts: TemplateStringsArray, ...values: Insert[]): Html {
  return new Html(parts.map((part, index) => part + insert(values[index])).join(''))
}
