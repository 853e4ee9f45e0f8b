import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { held, signIn } from '../trace/fixtures.test-data.ts'
import { expectation, messagesOf } from './lens.test-data.tsx'
import { Waterfall } from './waterfall.tsx'

afterEach(cleanup)

test.each([
  ['refused', () => signIn({ failAt: 'token_grant' }), 'took 43 ms', '43 ms', true],
  ['lost on the way', () => signIn({ failAt: 'token_network' }), 'failed', 'failed', true],
  ['held', held, 'paused', 'paused', false],
] as const)('a request says what became of it: %s', async (_, story, said, shown, bad) => {
  const messages = await messagesOf((await story()).steps)
  render(
    <Waterfall messages={messages} appOrigin={expectation.appOrigin} selected={null} onSelect={() => {}} />,
  )
  const row = screen.getByRole('button', { name: new RegExp(`POST /token: ${said}, began`) }).closest('li')
  expect(row?.querySelector('.lens-water-took')?.textContent).toBe(shown)
  expect(row?.querySelector('[data-bad]') !== null).toBe(bad)
})
