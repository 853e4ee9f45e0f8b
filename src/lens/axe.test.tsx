import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import axe from 'axe-core'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { held, signIn } from '../trace/fixtures.test-data.ts'
import { FlowView } from './flow-view.tsx'
import { Around, expectation, recorderOf, signedInSteps } from './lens.test-data.tsx'

afterEach(cleanup)

const breakpoints = {
  kinds: ['token_request', 'token_response'] as const,
  chosen: ['token_response'] as const,
  toggle: vi.fn(),
}
const controls = {
  run: vi.fn(),
  pause: vi.fn(),
  next: vi.fn(),
  paused: false,
  held: false,
  canRun: true,
  canNext: true,
  breakpoints,
}
/** A whole page of rules on a machine that does other things too. */
const patience = 90_000

function Page() {
  const [selected, select] = useState<string | null>(null)
  return (
    <FlowView
      {...{ expectation, selected, controls }}
      onSelect={select}
      tab="checks"
      onTab={() => undefined}
      intro={<p>Nothing has happened.</p>}
      link={null}
    />
  )
}

async function show(steps: readonly Step[]) {
  const recorder = await recorderOf(steps)
  const { container } = render(
    <Around recorder={recorder}>
      <Page />
    </Around>,
  )
  await act(() => vi.dynamicImportSettled())
  return container
}

/** Without a layout there are no colours to measure; contrast is measured in the browser. */
async function findings(container: HTMLElement) {
  const { violations } = await axe.run(container, {
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html])
}

describe('axe finds nothing on the flow page', () => {
  const stories: readonly [string, () => Promise<readonly Step[]>][] = [
    ['before', async () => []],
    ['signed in', signedInSteps],
    ['held', async () => (await held()).steps],
    ['failed', async () => (await signIn({ failAt: 'state' })).steps],
  ]

  it.each(stories)(
    '%s',
    async (_, steps) => {
      expect(await findings(await show(await steps()))).toEqual([])
    },
    patience,
  )

  it.each([['Timing'], ['Who knows what now'], ['Compare two stories']])(
    'in the view %s',
    async name => {
      const container = await show([...(await signIn()).steps, ...(await signedInSteps())])
      fireEvent.click(screen.getByRole('radio', { name }))
      expect(screen.queryByLabelText('Protocol messages')).toBeNull()
      expect(await findings(container)).toEqual([])
    },
    patience,
  )
})
