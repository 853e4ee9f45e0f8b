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

/** The faults that ten well-known libraries were tried with, and the case that stands for each. */
const triedOnOthers = [
  ['none', 'IDT-06: an honest provider'],
  ['wrong iss', 'IDT-02: ID token: another iss'],
  ['wrong aud', 'IDT-03: ID token: another aud'],
  ['wrong azp, two audiences', 'IDT-04: ID token: wrong azp, two audiences'],
  ['expired', 'IDT-12: ID token: expired'],
  ['wrong nonce', 'IDT-14: ID token: another nonce'],
  ['nonce claim missing', 'IDT-14: ID token: no nonce'],
  ['payload altered', 'IDT-06: ID token: a claim changed after signing'],
  ['alg none', 'IDT-08: ID token: alg none'],
  ['wrong at_hash', 'IDT-20: ID token: at_hash of another access token'],
  ['no sub', 'IDT-17: ID token: no sub'],
  ['no ID token at all', 'TOK-10: no ID token'],
  ['response iss of another server', 'ISS-02: iss of another provider'],
  ['iss advertised but absent', 'ISS-01: iss promised and absent'],
  ['wrong state', 'RESP-03: another state'],
  ['state absent', 'RESP-02: no state'],
  ['discovery issuer mismatch', 'META-04: metadata of another issuer'],
  ['UserInfo sub mismatch', 'UINF-02: UserInfo: sub of another person'],
] as const

test('every fault that was tried on other libraries is tried here', () => {
  const titles = new Set([...refused, ...accepted].map(title))
  expect(triedOnOthers.filter(([, name]) => !titles.has(name))).toEqual([])
})

test('there are at least 60 refusals and 20 variations, each with a name of its own', () => {
  expect(refused.length).toBeGreaterThanOrEqual(60)
  expect(accepted.length).toBeGreaterThanOrEqual(20)
  const titles = [...refused, ...accepted].map(title)
  expect(new Set(titles).size).toBe(titles.length)
})
