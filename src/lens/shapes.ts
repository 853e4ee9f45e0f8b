/** What a picture is made of: strokes and words, in px, for a file that cannot measure its letters. */
import { iconShapes } from '../ui/icon-shapes.ts'

export type Shape =
  | {
      readonly type: 'path'
      readonly d: string
      /** Where its origin lies, and how large it is drawn. */
      readonly x: number
      readonly y: number
      readonly scale: number
      readonly stroke?: string
      readonly fill?: string
      readonly width?: number
      readonly dash?: readonly number[] | undefined
    }
  | {
      readonly type: 'text'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly size: number
      readonly color: string
      readonly font: 'ui' | 'mono'
      readonly anchor: 'start' | 'middle' | 'end'
      readonly bold?: boolean
      readonly struck?: boolean
    }

export function boxPath(wide: number, high: number, radius: number): string {
  const r = radius
  return `M${r} 0h${wide - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${high - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${-(wide - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${-r}v${-(high - 2 * r)}a${r} ${r} 0 0 1 ${r} ${-r}z`
}

export function icon(
  name: keyof typeof iconShapes,
  x: number,
  y: number,
  size: number,
  color: string,
): Shape[] {
  return iconShapes[name].map(shape => {
    const drawn = typeof shape === 'string' ? { d: shape } : shape
    const filled = 'fill' in drawn && drawn.fill === 'solid'
    return path(
      drawn.d,
      x,
      y,
      filled ? { fill: color } : { stroke: color, width: 'width' in drawn ? drawn.width : 1.5 },
      size / 16,
    )
  })
}

type Stroke = Pick<Extract<Shape, { type: 'path' }>, 'stroke' | 'fill' | 'width' | 'dash'>

export function path(d: string, x: number, y: number, look: Stroke, scale = 1): Shape {
  return { type: 'path', d, x, y, scale, ...look }
}

export function line(x1: number, y1: number, x2: number, y2: number, look: Stroke): Shape {
  return path(`M0 0L${x2 - x1} ${y2 - y1}`, x1, y1, look)
}

type Look = Omit<Partial<Extract<Shape, { type: 'text' }>>, 'type' | 'x' | 'y' | 'text'> & {
  readonly color: string
  readonly size: number
}

export function words(text: string, x: number, y: number, look: Look): Shape {
  return { type: 'text', x, y, text, font: 'ui', anchor: 'start', ...look }
}

/** A little more than the text takes: a file cannot measure its letters. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.56
}
