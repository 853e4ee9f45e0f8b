/** The diagram as an SVG file that stands alone, with a title and a description for those who cannot see it. */
import type { Expectation, Message } from '../sequence/message.ts'
import { type Picture, pictureOf } from './picture.ts'
import { sentenceOf } from './sentence.ts'
import type { Shape } from './shapes.ts'

export const pictureFonts = {
  ui: 'Inter, ui-sans-serif, system-ui, sans-serif',
  mono: '"JetBrains Mono", ui-monospace, Menlo, Consolas, monospace',
} as const

/** Text of the `.svg` file. */
export function exportSvg(messages: readonly Message[], expectation: Expectation | null): string {
  const picture = pictureOf(messages, expectation)
  const { width, height, paper } = picture
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(titleOf(messages))}</title>`,
    `<desc id="desc">${escaped(messages.map(sentenceOf).join(' '))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${paper}"/>`,
    ...drawn(picture),
    '</svg>',
    '',
  ].join('\n')
}

function titleOf(messages: readonly Message[]): string {
  const failed = messages.find(message => message.error !== null)
  const result = failed === undefined ? '' : `, stopped at ${failed.number} with ${failed.error?.code ?? ''}`
  return `OAuth 2.0 sign-in with PKCE, ${messages.length} messages${result}`
}

function drawn({ shapes }: Picture): string[] {
  return shapes.filter(shape => shape.type === 'path' || shape.text !== '').map(element)
}

function element(shape: Shape): string {
  if (shape.type === 'text') {
    const { x, y, text, size, color, font, anchor, bold, struck } = shape
    return `<text ${attributes({
      x: round(x),
      y: round(y),
      'font-family': pictureFonts[font],
      'font-size': size,
      'font-weight': bold ? 600 : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'text-decoration': struck ? 'line-through' : undefined,
      fill: color,
    })}>${escaped(text)}</text>`
  }
  const { d, x, y, scale, stroke, fill, width, dash } = shape
  return `<path ${attributes({
    d,
    transform: `translate(${round(x)} ${round(y)})${scale === 1 ? '' : ` scale(${round(scale)})`}`,
    fill: fill ?? 'none',
    stroke,
    'stroke-width': stroke === undefined ? undefined : width,
    'stroke-dasharray': dash?.join(' '),
    'stroke-linecap': stroke === undefined ? undefined : 'round',
    'stroke-linejoin': stroke === undefined ? undefined : 'round',
  })}/>`
}

function attributes(all: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${escaped(String(value))}"`]))
    .join(' ')
}

function round(n: number): number {
  return Number(n.toFixed(2))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text from outside stays text; characters that XML does not allow are left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, sign => entities[sign] ?? '')
}
