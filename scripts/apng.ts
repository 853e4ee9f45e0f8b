/** Puts pictures of one size together to one that moves (PNG, third edition: APNG). */
import { crc32 } from 'node:zlib'

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

function encoded({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

const numbers = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [place, value] of values.entries()) buffer.writeUInt32BE(value, place * 4)
  return buffer
}

export interface Frame {
  readonly png: Buffer
  /** Milliseconds, up to 65 seconds. */
  readonly shown: number
}

/**
 * Plays for ever. The first picture is what a viewer shows that knows no animation.
 * @throws RangeError when there is no picture, or when sizes or kinds of colour differ
 */
export function animated(frames: readonly Frame[]): Buffer {
  const pictures = frames.map(frame => ({ ...frame, chunks: chunksOf(frame.png) }))
  const header = pictures[0]?.chunks.find(({ type }) => type === 'IHDR')?.data
  if (!header) throw new RangeError('no picture')
  let sequence = 0
  const parts = pictures.flatMap(({ chunks, shown }, place): Chunk[] => {
    if (!chunks.some(({ type, data }) => type === 'IHDR' && data.equals(header)))
      throw new RangeError(`picture ${place + 1} is of another size or kind`)
    const control = Buffer.concat([
      numbers(sequence++, header.readUInt32BE(0), header.readUInt32BE(4), 0, 0),
      Buffer.from([shown >> 8, shown & 0xff, 1000 >> 8, 1000 & 0xff, 0, 0]),
    ])
    const image = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
    return [
      { type: 'fcTL', data: control },
      place === 0
        ? { type: 'IDAT', data: image }
        : { type: 'fdAT', data: Buffer.concat([numbers(sequence++), image]) },
    ]
  })
  const all: Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: numbers(frames.length, 0) },
    ...parts,
    { type: 'IEND', data: Buffer.alloc(0) },
  ]
  return Buffer.concat([signature, ...all.map(encoded)])
}
