import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InspectorTab } from '../inspector/inspector-tabs.ts'
import type { Step } from '../oauth/step.ts'
import { held, refresh, signIn } from '../trace/fixtures.test-data.ts'
import type { Recorder } from '../trace/recorder.ts'
import { FlowView } from './flow-view.tsx'
import type { HeldEdit, HeldNow } from './held-edit.ts'
import { Around, expectation, recorderOf, signedInSteps } from './lens.test-data.tsx'

// Finding things by role on a whole page takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

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

const link = () => Promise.resolve('http://localhost:5173/provider?issuer=all-of-it')

function Page({ edit = null, held = null }: { edit?: HeldEdit | null; held?: HeldNow | null }) {
  const [selected, select] = useState<string | null>(null)
  const [tab, setTab] = useState<InspectorTab>('explain')
  return (
    <FlowView
      {...{ expectation, selected, tab, edit, held }}
      controls={{ ...controls, held: held !== null }}
      heldEditor={held === null ? undefined : <p>The editor</p>}
      onSelect={select}
      onTab={setTab}
      intro={<p>Nothing yet</p>}
      link={link}
    />
  )
}

async function show(steps: readonly Step[], edit: HeldEdit | null = null, held: HeldNow | null = null) {
  const recorder = await recorderOf(steps)
  const page = (now: HeldNow | null) => (
    <Around recorder={recorder}>
      <Page edit={edit} held={now} />
    </Around>
  )
  const view = render(page(held))
  const hold = (now: HeldNow | null) => view.rerender(page(now))
  return { recorder, ...view, hold, user: userEvent.setup() }
}

// By its name alone: asking for roles on a page this large takes long without a layout engine.
const messages = () => screen.getByLabelText('Protocol messages')
const real = () => [...messages().querySelectorAll('[data-step]:not([data-status="upcoming"])')]
const heading = () => screen.getByLabelText('Inspector').querySelector('h2')?.textContent

describe('the flow page', () => {
  it('shows the introduction while nothing has happened, and eight values to come', async () => {
    await show([])
    expect(screen.getByText('Nothing yet')).toBeTruthy()
    expect(screen.getAllByRole('status')[0]?.textContent).toContain('Ready')
    const values = screen.getByRole('list', { name: 'Values in this flow' })
    expect(within(values).getAllByText(/, not made yet$/)).toHaveLength(8)
  })

  it('names the lifelines after the provider that was asked, when another one is in use by now', async () => {
    const asked = (await signedInSteps()).find(step => step.kind === 'discovery_request')
    if (asked === undefined) throw new Error('no discovery')
    const url = 'http://localhost:4/.well-known/openid-configuration'
    await show([{ ...asked, flow: 'p', flowType: 'prepare', request: { ...asked.request, url } }])
    const heads = [...document.querySelectorAll('.lens-head-where')].map(each => each.textContent)
    expect(heads).toEqual(['the person', new URL(expectation.appOrigin).host, 'localhost:4', 'not asked'])
    expect(real()).toHaveLength(1)
    expect(document.querySelectorAll('[data-status="upcoming"]')).toHaveLength(0)
  })

  it('marks what is changed in the held message before it goes on', async () => {
    const { flow, steps } = await held()
    const carried = {
      value: 'code_verifier',
      text: 'x',
      length: 1,
      fingerprint: '6e0f000000000000',
      tampered: true,
      odd: false,
    } as const
    await show(steps, { flow, carried: [carried], tampered: ['code_verifier'] })
    expect(screen.getByText('POST /token, 1 value tampered')).toBeTruthy()
    const row = messages().querySelector('[data-step=token_request]')
    expect(row?.getAttribute('data-status')).toBe('paused')
    expect(row?.querySelector('.lens-values')?.textContent).toContain(
      'code_verifier, fingerprint 6e0f, tampered',
    )
  })

  it('chooses the held message, and offers to go on', async () => {
    const { steps, flow } = await held()
    const { user } = await show(steps, null, { flow, kind: 'token_request', serial: 1 })
    expect(heading()).toBe('Token request')
    expect(screen.getByText('Paused before 4.1')).toBeTruthy()
    await user.keyboard('n')
    expect(controls.next).toHaveBeenCalledOnce()
    expect(screen.getByRole('button', { name: /^Resume/ })).toBeTruthy()
  })

  it('chooses the check that refused, and says so politely', async () => {
    await show((await signIn({ failAt: 'state' })).steps)
    expect(messages().querySelector('[data-status="blocked"] [aria-current]')).not.toBeNull()
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent)
    expect(said.some(text => text?.includes('Blocked by the app'))).toBe(true)
  })

  it('keeps a chosen ghost chosen when it comes true', async () => {
    const { steps } = await signIn()
    const { recorder, user } = await show([])
    await user.click(within(messages()).getByRole('button', { name: /: POST \/token\. Not yet/ }))
    for (const step of steps) recorder.observe(step)
    await vi.waitFor(() => expect(heading()).toBe('Token request'))
    await vi.waitFor(() =>
      expect(messages().querySelector('[data-step="token_request"] [aria-current]')).not.toBeNull(),
    )
    expect(messages().querySelector('[data-step="token_request"]')?.getAttribute('data-status')).toBe('done')
  })

  it('shows the newest message, until somebody reads', async () => {
    const first = await signIn()
    const { recorder, user } = await show(first.steps)
    const read = heading()
    await user.click(screen.getByText('What the standards say'))
    const renewed = await refresh(first.flow, first.values.refreshToken)
    for (const step of renewed.steps) recorder.observe(step)
    const newer = await screen.findByRole('button', { name: /^\d newer messages$/ })
    expect(heading()).toBe(read)
    expect(screen.getByText('What the standards say').closest('details')?.open).toBe(true)
    await user.click(newer)
    expect(heading()).not.toBe(read)
    expect(screen.queryByRole('button', { name: /newer message/ })).toBeNull()
    expect(document.activeElement?.className).toBe('inspector')
    const again = await refresh(first.flow, renewed.refreshToken)
    const before = heading()
    for (const step of again.steps.slice(0, 2)) recorder.observe(step)
    await vi.waitFor(() => expect(heading()).not.toBe(before))
  })

  it('a failure of the background does not take what somebody reads', async () => {
    const first = await signIn()
    const { recorder, user } = await show(first.steps)
    const read = heading()
    await user.keyboard('3')
    for (const step of (await refresh(first.flow, first.values.refreshToken, 'network')).steps)
      recorder.observe(step)
    await screen.findByRole('button', { name: /newer message/ })
    expect(heading()).toBe(read)
  })

  it('shows the story to scale, who knows what, and one list of messages at most', async () => {
    const { user } = await show(await signedInSteps())
    await user.click(screen.getByRole('radio', { name: 'Timing' }))
    const timing = screen.getByRole('list', { name: 'Timing' })
    expect(
      within(timing).getByRole('button', { name: /POST \/token: took 43 ms, began .* after/ }),
    ).toBeTruthy()
    await user.click(within(timing).getByRole('button', { name: /GET \/user\/profile: took/ }))
    expect(screen.getByText(/asked for permission first, unless it remembered an earlier yes/)).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Who knows what now' }))
    expect(screen.getByRole('region', { name: 'Who knows what' })).toBeTruthy()
    expect(screen.queryByRole('list', { name: 'Protocol messages' })).toBeNull()
  })

  it('sets and takes away breakpoints by kind of message', async () => {
    const { user } = await show([])
    await user.click(screen.getByRole('button', { name: 'Breakpoints, 1 set' }))
    const menu = screen.getByRole('menu')
    const checked = within(menu)
      .getAllByRole('menuitemcheckbox')
      .map(item => `${item.textContent} ${item.getAttribute('aria-checked')}`)
    expect(checked).toEqual(['Token request false', 'Token response true'])
    await user.keyboard('{ArrowDown}{Enter}')
    expect(breakpoints.toggle).toHaveBeenCalledOnce()
    expect(breakpoints.toggle.mock.calls[0]?.[0]).toMatch(/^token_re/)
    expect(screen.getByRole('menu')).toBeTruthy()
  })

  it('tells the lives of the tokens', async () => {
    await show(await signedInSteps())
    expect(screen.getByRole('img', { name: /Renewed 1 time\. A refresh token is there/ })).toBeTruthy()
  })

  it('lists all keys under the question mark', async () => {
    const { user } = await show([])
    await user.keyboard('?')
    const dialog = screen.getByRole('dialog', { name: 'Keys' })
    for (const key of ['R', 'P', 'N', 'J', 'K', 'V', 'L', '?'])
      expect(within(dialog).getByText(key)).toBeTruthy()
  })
})

describe('what is held', () => {
  const tell = (recorder: Recorder, steps: readonly Step[]) =>
    act(async () => {
      for (const step of steps) recorder.observe(step)
      await recorder.settled()
    })
  const strip = () => screen.getAllByRole('status')[0]?.textContent
  const editor = () => screen.queryByText('The editor')
  const run = () => document.querySelector('.lens-strip-run button')?.textContent
  const sheetIsOpen = () => document.querySelector('.lens-side')?.hasAttribute('data-open')

  /** A story of which all but the held message has been told. */
  async function about() {
    const { steps, flow } = await held()
    const now = { flow, kind: 'token_request', serial: 1 } as const
    return { now, before: steps.slice(0, -1), last: steps.slice(-1) }
  }
  const isShown = () => {
    expect(strip()).toContain('Paused before 4.1')
    expect(heading()).toBe('Token request')
    expect(run()).toMatch(/^Resume/)
    expect(sheetIsOpen()).toBe(true)
    expect(screen.queryByText(/^A message is held/)).toBeNull()
  }

  it('brings the present back to whoever looks at the past', async () => {
    const { now, before, last } = await about()
    const { recorder, hold, user } = await show(before)
    fireEvent.change(screen.getByLabelText('Place in the story'), { target: { value: '3' } })
    expect(strip()).toContain('Running')
    await tell(recorder, last)
    hold(now)
    isShown()
    await user.keyboard('2')
    expect(editor()).not.toBeNull()
  })

  it('brings its story back to whoever looks at another one', async () => {
    const { now, before, last } = await about()
    const { recorder, hold, user } = await show((await signIn({ failAt: 'state' })).steps)
    await tell(recorder, before)
    await user.click(screen.getByRole('button', { name: /^Story:/ }))
    await user.click(screen.getAllByRole('menuitemradio').at(-1) ?? document.body)
    expect(strip()).toContain('Blocked')
    await tell(recorder, last)
    hold(now)
    isShown()
  })

  it('is said and found when the picture turns away from it', async () => {
    const { now, before, last } = await about()
    const { recorder, hold, user } = await show([...before, ...last])
    hold(now)
    await tell(recorder, (await signIn()).steps)
    expect(strip()).toContain('Token request, not shown here')
    expect(run()).toMatch(/^Resume/)
    expect(editor()).toBeNull()
    expect(sheetIsOpen()).toBe(false)
    await user.click(screen.getByRole('button', { name: 'Show it' }))
    isShown()
  })

  it('can be edited though a file has taken the place of its story', async () => {
    const { now, before, last } = await about()
    const { recorder, hold } = await show([...before, ...last])
    hold(now)
    const other = await recorderOf((await signIn({ failAt: 'state' })).steps)
    await act(async () => recorder.load(other.getTrace()))
    expect(strip()).toContain('Token request, not shown here')
    expect(run()).toMatch(/^Resume/)
    expect(editor()).not.toBeNull()
  })

  it('is what the debugger holds: what is only drawn as paused cannot go on', async () => {
    const { before, last } = await about()
    await show([...before, ...last])
    expect(strip()).toContain('Paused before 4.1')
    expect(strip()).not.toContain('send it')
    expect(run()).toMatch(/^Run again/)
  })
})

describe('time travel', () => {
  it('ends where another story begins', async () => {
    const { recorder } = await show((await signIn({ failAt: 'state' })).steps)
    fireEvent.change(screen.getByLabelText('Place in the story'), { target: { value: '3' } })
    expect(real()).toHaveLength(3)
    const { steps } = await signIn()
    await act(async () => {
      for (const step of steps) recorder.observe(step)
    })
    expect(screen.getByText('now')).toBeTruthy()
    expect(real().length).toBeGreaterThan(10)
  })

  it('steps back and forth: what came later is to come again', async () => {
    const { user } = await show(await signedInSteps())
    const all = real().length
    await user.keyboard(',,')
    expect(real()).toHaveLength(all - 2)
    expect(screen.getByLabelText('Place in the story')).toHaveProperty('value', String(all - 2))
    await user.keyboard('.')
    expect(real()).toHaveLength(all - 1)
    await user.keyboard('0')
    expect(real()).toHaveLength(all)
    expect(screen.getByText('now')).toBeTruthy()
  })

  it('plays from the beginning to the end at reading speed, then is at the present again', async () => {
    const recorder = await recorderOf((await signIn()).steps)
    vi.useFakeTimers()
    try {
      render(
        <Around recorder={recorder}>
          <Page />
        </Around>,
      )
      const all = real().length
      const play = screen.getByLabelText('Play at reading speed')
      fireEvent.click(play)
      expect(real()).toHaveLength(0)
      act(() => void vi.advanceTimersByTime(301))
      expect(real()).toHaveLength(1)
      for (let i = 1; i < all; i++) act(() => void vi.advanceTimersByTime(12_000))
      expect(real()).toHaveLength(all)
      expect(screen.getByLabelText('Play at reading speed')).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a session that another tab has ended', () => {
  it('is over, with no message that tells it, and was not over before', async () => {
    const { steps, flow } = await signIn()
    const at = (steps.at(-1)?.at ?? 0) + 1
    const end = { kind: 'session_changed', status: 'signed_out', flow, flowType: 'sign_out', at } as const
    const { user } = await show([...steps, { ...end, reason: 'another tab signed out' }])
    const strip = () => screen.getAllByRole('status')[0]?.textContent
    expect(strip()).toContain('Signed out')
    expect(screen.getByText(/^No tokens\./)).toBeTruthy()
    await user.keyboard(',')
    expect(strip()).not.toContain('Signed out')
    expect(screen.queryByText(/^No tokens\./)).toBeNull()
  })
})

describe('a link to the configuration', () => {
  const item = async (steps: readonly Step[]) => {
    const { user } = await show(steps)
    await user.click(screen.getByRole('button', { name: 'Export and import' }))
    return { user, found: screen.getByRole('menuitem', { name: /^Copy a link to this configuration/ }) }
  }

  it.each([
    ['before anything has happened', async () => []],
    ['of a story that was run with the one in use', async () => (await signIn()).steps],
  ])('is the one in use: %s', async (_, steps) => {
    const { user, found } = await item(await steps())
    const write = vi.spyOn(navigator.clipboard, 'writeText')
    await user.click(found)
    const written = await link()
    await vi.waitFor(() => expect(write).toHaveBeenCalledExactlyOnceWith(written))
  })

  it.each(['issuer', 'clientId'] as const)('is not offered for a story with another %s', async name => {
    const { steps } = await signIn()
    const other = 'https://other.example'
    const { user, found } = await item(
      steps.map(step => (step.kind === 'flow_started' ? { ...step, [name]: other } : step)),
    )
    const write = vi.spyOn(navigator.clipboard, 'writeText')
    expect(found.textContent).toContain('not in use')
    expect(found.getAttribute('aria-disabled')).toBe('true')
    await user.click(found)
    expect(write).not.toHaveBeenCalled()
  })
})

describe('two stories', () => {
  const both = async () => [...(await signIn()).steps, ...(await signIn({ failAt: 'id_token_nonce' })).steps]

  it('are compared line by line, the first difference is marked', async () => {
    const { user } = await show(await both())
    await user.click(screen.getByRole('radio', { name: 'Compare two stories' }))
    const rows = screen.getByRole('list', { name: 'Two stories compared' }).children
    const marked = [...rows].findIndex(row => row.textContent?.includes('First difference'))
    expect(rows[marked]?.textContent).toContain('Check the ID token')
    for (const row of [...rows].slice(0, marked)) expect(row.hasAttribute('data-differs')).toBe(false)
    expect(screen.getByText(/^They part at 4\.\d Check the ID token\.$/)).toBeTruthy()
  })

  it('are the same story when compared with itself', async () => {
    const { user } = await show(await both())
    await user.click(screen.getByRole('radio', { name: 'Compare two stories' }))
    const [left, right] = screen.getAllByRole('combobox', { name: /story$/ })
    if (left === undefined || right === undefined) throw new Error('no choice')
    await user.selectOptions(
      left,
      within(right).getByRole('option', { selected: true }).getAttribute('value') ?? '',
    )
    expect(screen.getByText('Both went the same way.')).toBeTruthy()
  })

  it('are both in the list of stories', async () => {
    const { user } = await show(await both())
    const before = real().length
    await user.click(screen.getByRole('button', { name: /^Story: ?Sign-in at/ }))
    const items = screen.getAllByRole('menuitemradio')
    expect(items.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('failed'),
      expect.stringContaining('signed in'),
    ])
    await user.click(items[1] ?? document.body)
    expect(real().length).not.toBe(before)
    expect(messages().querySelector('[data-status="upcoming"]')).toBeNull()
  })
})
