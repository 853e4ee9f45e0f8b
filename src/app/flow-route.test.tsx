import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HeldMessage } from '../oauth/step.ts'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import Flow from './flow-route.tsx'

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const callback: HeldMessage = { type: 'callback', url: 'http://localhost:5173/callback?code=abc&state=s1' }

/** The flow page while a callback is held. @returns what has been let go */
async function holding() {
  const composition = compositionOf(openPage(await createWorld()))
  await act(async () => {
    render(
      <Around composition={composition}>
        <Flow keepInAddress={false} />
      </Around>,
    )
  })
  const gone: (HeldMessage | null)[] = []
  await act(async () => {
    const pausing = await composition.pause.load()
    pausing.setBreakpoints(['authorization_response'])
    void pausing.hold(callback, { id: 'f', type: 'sign_in' }).then(message => gone.push(message))
  })
  return gone
}

const press = (name: RegExp) => act(async () => screen.getByText(name).closest('button')?.click())
const key = (name: string) => act(async () => void fireEvent.keyDown(document.body, { key: name }))
const type = (text: string) =>
  fireEvent.change(screen.getByLabelText(/^The whole text/), { target: { value: text } })

test('what cannot go on as it is edited stays held, by every way on', async () => {
  const gone = await holding()
  fireEvent.click(screen.getByRole('radio', { name: 'Raw' }))
  type('no address')
  for (const name of ['r', 'n']) await key(name)
  for (const name of [/^Resume/, /^Next/, /^Let it in/]) await press(name)
  expect(gone).toEqual([])
  const changed = { ...callback, url: `${callback.url}&x=1` }
  type(changed.url)
  await key('r')
  expect(gone).toEqual([changed])
})
