import { expect, it } from 'vitest'
import { held, heldAnswer } from '../trace/fixtures.test-data.ts'
import { messagesOf } from './lens.test-data.tsx'
import { sentenceOf } from './sentence.ts'

it.each([
  ['a request, which has not left', held, 'Paused before it is sent', 'Sent tampered'],
  ['an answer', () => heldAnswer('token_response'), 'Paused before the app reads it', 'Let in changed'],
  [
    'a callback',
    () => heldAnswer('authorization_response'),
    'Paused before the app reads it',
    'Let in changed',
  ],
] as const)('says what is held and what was changed: %s', async (_, story, paused, changed) => {
  const message = (await messagesOf((await story()).steps)).find(({ status }) => status === 'paused')
  if (message === undefined) throw new Error('nothing is held')
  expect(sentenceOf(message)).toContain(`. ${paused}.`)
  expect(sentenceOf({ ...message, status: 'tampered' })).toContain(`. ${changed}.`)
})
