/** Text from outside as a piece of one line of Markdown: nothing in it may begin markup or end what it stands in. */

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** As words. */
export const asWords = (text: string): string => oneLine(text).replaceAll(/[\\`|*_<>[\]]/g, '\\$&')

/** As code: the fence is longer than any run of backticks inside, so nothing ends it early (CommonMark 6.1). */
export function asCode(text: string): string {
  const line = oneLine(text)
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const space = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}
