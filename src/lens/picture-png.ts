/** The diagram as a PNG, drawn on a canvas from the same shapes as the SVG. */

import type { Picture } from './picture.ts'
import { pictureFonts } from './picture-file.ts'
import type { Shape } from './shapes.ts'

/** A canvas larger than this is refused by some browsers, px. */
const longestSide = 16_000

/** Null when the browser cannot make one, for example of a story that is too long. */
export async function exportPng(picture: Picture): Promise<Blob | null> {
  const scale = Math.min(2, longestSide / picture.height, longestSide / picture.width)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(picture.width * scale)
  canvas.height = Math.ceil(picture.height * scale)
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.scale(scale, scale)
  context.fillStyle = picture.paper
  context.fillRect(0, 0, picture.width, picture.height)
  for (const shape of picture.shapes) draw(context, shape)
  return new Promise(resolve => canvas.toBlob(resolve, 'image/png'))
}

function draw(context: CanvasRenderingContext2D, shape: Shape): void {
  context.save()
  context.translate(shape.x, shape.y)
  if (shape.type === 'text') drawText(context, shape)
  else drawPath(context, shape)
  context.restore()
}

function drawText(context: CanvasRenderingContext2D, shape: Extract<Shape, { type: 'text' }>): void {
  const family =
    shape.font === 'ui'
      ? `"Inter Variable", ${pictureFonts.ui}`
      : `"JetBrains Mono Variable", ${pictureFonts.mono}`
  context.font = `${shape.bold ? 600 : 450} ${shape.size}px ${family}`
  context.fillStyle = shape.color
  context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor
  context.fillText(shape.text, 0, 0)
  if (!shape.struck) return
  const wide = context.measureText(shape.text).width
  context.fillRect(shape.anchor === 'end' ? -wide : 0, -shape.size * 0.32, wide, 1)
}

function drawPath(context: CanvasRenderingContext2D, shape: Extract<Shape, { type: 'path' }>): void {
  const path = new Path2D(shape.d)
  context.scale(shape.scale, shape.scale)
  if (shape.fill !== undefined) {
    context.fillStyle = shape.fill
    context.fill(path)
  }
  if (shape.stroke === undefined) return
  context.strokeStyle = shape.stroke
  context.lineWidth = shape.width ?? 1
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.setLineDash([...(shape.dash ?? [])])
  context.stroke(path)
}
