/**
 * Addresses are written in ASCII. Other signs can look exactly like a known name, stand there unseen, or turn the
 * order of the text around, so what a person reads would not be where the browser goes.
 */

/** The signs of a text that no address has; spaces are not counted. */
export const foreignSigns = (text: string): string[] => [...new Set(text.match(/[^\x21-\x7e\s]/gu) ?? [])]

/** They are named by number, as most of them cannot be told by their looks. */
export function nameSigns(signs: readonly string[]): string {
  const numbers = signs.map(
    sign => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  return numbers.slice(0, 3).join(', ') + (numbers.length > 3 ? ' and others' : '')
}
