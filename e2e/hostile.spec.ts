/**
 * The hostile suite: a provider that lies in one point, driven through the built app in a real browser. Every lie
 * must be refused with its stable code and without a further call; every honest variation must be accepted.
 */

import { accepted } from './hostile/accepted.ts'
import { title } from './hostile/cases.ts'
import { refusedAfterwards } from './hostile/refused-afterwards.ts'
import { refusedBeforeTokens } from './hostile/refused-before-tokens.ts'
import { refusedTokens } from './hostile/refused-tokens.ts'
import { expectAccepted, expectRefused, play } from './hostile/run-case.ts'
import { expect, test } from './hostile/stage.ts'

test.describe.configure({ mode: 'parallel' })

const refused = [...refusedBeforeTokens, ...refusedTokens, ...refusedAfterwards]

test.describe('refused', () => {
  for (const each of refused)
    test(title(each), async ({ stage }) => {
      await expectRefused(stage, each, await play(stage, each))
    })
})

test.describe('accepted', () => {
  for (const each of accepted)
    test(title(each), async ({ stage }) => {
      await play(stage, each)
      await expectAccepted(stage, each)
    })
})

test('there are at least 60 refusals and 20 variations, each with a name of its own', () => {
  expect(refused.length).toBeGreaterThanOrEqual(60)
  expect(accepted.length).toBeGreaterThanOrEqual(20)
  const titles = [...refused, ...accepted].map(title)
  expect(new Set(titles).size).toBe(titles.length)
})
