/** @throws Error that names both, when what was seen is not what was wanted */
export function same(what: string, seen: unknown, wanted: unknown): void {
  const [left, right] = [seen, wanted].map(each => JSON.stringify(each))
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`)
}
