/** Numbers from a seed: the same seed gives the same run, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
  /** By weight: a choice with weight 2 comes twice as often as one with weight 1. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
}

/** Mulberry32: 32 bits of state are plenty for a few dozen choices. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: probability => next() < probability,
    pick: choices => choices[between(0, choices.length - 1)] ?? choices[0],
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const names: T[] = []
      for (const name in weights) names.push(name)
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      const found = names.find(name => {
        left -= weights[name]
        return left < 0
      })
      const chosen = found ?? names.at(-1)
      if (chosen === undefined) throw new Error('nothing to choose from')
      return chosen
    },
  }
}
