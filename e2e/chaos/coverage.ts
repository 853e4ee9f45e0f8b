/** Which seeds are played when nobody asks for more: few, and nothing that a plan can contain is missing in them. */
import { actions, cookieStates, kinds, type Plan, planOf, storages } from './plan.ts'

export const defaultSeeds: readonly number[] = [
  18, 30, 85, 124, 167, 169, 191, 211, 232, 367, 521, 530, 552, 605, 756, 849, 866, 922, 925, 961,
]

const named = (group: string, names: readonly string[]) => names.map(name => `${group}: ${name}`)

const everything = [
  ...named('action', Object.keys(actions)),
  ...named('fault', Object.keys(kinds)),
  ...named('storage', Object.keys(storages)),
  ...named('cookies', Object.keys(cookieStates)),
]

const contents = ({ cookies, steps, storage }: Plan): string[] => [
  ...steps.flatMap(({ action, faults }) => [
    `action: ${action}`,
    ...named(
      'fault',
      faults.map(({ kind }) => kind),
    ),
  ]),
  `storage: ${storage}`,
  `cookies: ${cookies}`,
]

/** What no run of these seeds contains. */
export function missingIn(seeds: readonly number[]): string[] {
  const found = new Set(seeds.map(planOf).flatMap(contents))
  return everything.filter(each => !found.has(each))
}
