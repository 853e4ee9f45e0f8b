import { expect, it } from 'vitest'
import { storyMessages } from '../sequence/sequence.ts'
import { stories } from '../sequence/stories.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { api } from '../trace/told.test-data.ts'
import { expectation, recorderOf } from './lens.test-data.tsx'
import { isForeign, partiesOf } from './parties.ts'

const here = {
  ...expectation,
  issuer: 'https://here.example',
  authorizationServerOrigin: 'https://here.example',
  resourceServerOrigin: null,
}

it.each([
  ['the one that was asked', {}, new URL(api).origin],
  ['none, where it ended before one was asked', { failAt: 'token_grant' }, null],
] as const)('the resource server of a story from elsewhere: %s', async (_, how, origin) => {
  const { getTrace, fingerprint } = await recorderOf((await signIn(how)).steps)
  const story = stories(getTrace()).at(-1)
  if (story === undefined) throw new Error('no story')
  expect(isForeign(story, here)).toBe(true)
  const parties = partiesOf(story, storyMessages(story, null, fingerprint), here)
  expect(parties).toMatchObject({ issuer: story.issuer, resourceServerOrigin: origin })
})
