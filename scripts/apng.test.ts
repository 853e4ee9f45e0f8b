import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { animated } from './apng.ts'

const number = (value: number) => {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}
const chunk = (type: string, data: Buffer) =>
  Buffer.concat([number(data.length), Buffer.from(type, 'latin1'), data, number(0)])

/** One grey pixel a row. */
function picture(height: number, grey: number): Buffer {
  const rows = Buffer.from(Array.from({ length: height }, () => [0, grey]).flat())
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.concat([number(1), number(height), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunksOf(png: Buffer): string[] {
  const types: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    types.push(png.toString('latin1', at + 4, at + 8))
  return types
}

describe('a picture that moves', () => {
  test('the first frame is the picture of those who know no animation', () => {
    const frames = [1, 2, 3].map(grey => ({ png: picture(2, grey), shown: 500 }))
    expect(chunksOf(animated(frames))).toEqual([
      'IHDR',
      'acTL',
      'fcTL',
      'IDAT',
      'fcTL',
      'fdAT',
      'fcTL',
      'fdAT',
      'IEND',
    ])
  })

  test('no picture, or one of another size, is refused', () => {
    expect(() => animated([])).toThrow(RangeError)
    const frames = [2, 3].map(height => ({ png: picture(height, 1), shown: 500 }))
    expect(() => animated(frames)).toThrow(/picture 2/)
  })
})
