import { expect, it } from 'vitest'
import { base64url } from './keys.ts'
import { modulusBits } from './modulus.ts'

const octets = (first: number, count: number) =>
  base64url(Uint8Array.from({ length: count }, (_, i) => (i ? 1 : first)))

it.each([
  ['whole octets', octets(0x80, 256), 2048],
  ['a bit less', octets(0x7f, 256), 2047],
  ['a one in front', octets(1, 129), 1025],
  ['a zero in front', octets(0, 129), 1017],
  ['zeros alone', 'AAAA', 0],
  ['nothing', undefined, 0],
  ['no base64url', '%', 0],
])('IDT-10: the length of a modulus: %s', (_, n, bits) => {
  expect(modulusBits({ n })).toBe(bits)
})
