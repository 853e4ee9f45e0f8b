import { cleanup, render } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { of } from '../sequence/fixtures.test-data.ts'
import type { Message } from '../sequence/message.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { Inspector } from './inspector.tsx'
import { type InspectorTab, inspectorTabs } from './inspector-tabs.ts'
import { messagesOf, wholeStory } from './story.test-data.ts'

const { messages } = await wholeStory()
const failed = await messagesOf((await signIn({ failAt: 'token_grant' })).steps)
const plain = await messagesOf((await signIn()).steps)
const kinds = new Map([...plain, ...messages].map(message => [message.kind, message]))

afterEach(cleanup)

/** Rules that jsdom can judge; contrast needs layout and is measured in the browser journeys. */
async function violations(message: Message, story: readonly Message[], tab: InspectorTab): Promise<string[]> {
  const { container, unmount } = render(
    <Inspector
      message={message}
      messages={story}
      onSelect={() => undefined}
      tab={tab}
      onTab={() => undefined}
    />,
  )
  for (const details of container.querySelectorAll('details')) details.open = true
  const { violations: found } = await axe.run(container, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
    preload: false,
  })
  unmount()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Axe walks the whole tree with computed styles, which a busy machine takes its time for. */
const patience = 30_000

describe('axe finds nothing, everything opened', () => {
  it.each([...kinds.entries()])(
    '%s, explained and as HTTP',
    async (_, message) => {
      const story = messages.includes(message) ? messages : plain
      expect(await violations(message, story, 'explain')).toEqual([])
      expect(await violations(message, story, 'http')).toEqual([])
    },
    patience,
  )

  it.each(['pkce_created', 'token_request', 'id_token_checked', 'profile_response'] as const)(
    '%s, its checks and its code',
    async kind => {
      expect(await violations(of(plain, kind), plain, 'checks')).toEqual([])
      expect(await violations(of(plain, kind), plain, 'code')).toEqual([])
    },
    patience,
  )

  it(
    'a refusal',
    async () => {
      const refused = failed.find(({ error }) => error !== null)
      if (refused === undefined) throw new Error('nothing failed')
      for (const tab of inspectorTabs) expect(await violations(refused, failed, tab)).toEqual([])
    },
    patience,
  )
})
