import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DockFrame } from './dock-frame.tsx'
import { dock, parseDock, usualDock } from './dock-state.ts'
import { Around, expectation, recorderOf, signedInSteps } from './lens.test-data.tsx'
import { LensDock } from './lens-dock.tsx'
import { useOpenSheet } from './sheet-context.tsx'

// Finding things by role on a whole page takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => act(() => dock.set(usualDock)))
afterEach(cleanup)

const kept = () => JSON.parse(localStorage.getItem('pkce-lens.dock') ?? 'null')

function Page({ lens = () => <p>the lens</p> }) {
  return (
    <DockFrame lens={lens}>
      <main>the app</main>
    </DockFrame>
  )
}

function Opener() {
  const openSheet = useOpenSheet()
  return (
    <button type="button" onClick={openSheet}>
      a row
    </button>
  )
}

function Fold() {
  return (
    <button type="button" onClick={() => dock.set({ open: false })}>
      Fold
    </button>
  )
}

describe('the docked lens', () => {
  it('folds to the rail and back, with L too, and is not made while it is folded', async () => {
    const user = userEvent.setup()
    const lens = vi.fn(() => <p>the lens</p>)
    render(<Page lens={lens} />)
    expect(screen.getByText('the lens')).toBeTruthy()
    await user.keyboard('l')
    expect(screen.queryByText('the lens')).toBeNull()
    expect(kept()).toMatchObject({ open: false })
    lens.mockClear()
    cleanup()
    render(<Page lens={lens} />)
    expect(lens).not.toHaveBeenCalled()
    expect(screen.getByText('the app')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open the lens' }))
    expect(screen.getByText('the lens')).toBeTruthy()
    expect(kept()).toMatchObject({ open: true })
  })

  it('keeps the focus when it is folded and opened by keyboard', async () => {
    const user = userEvent.setup()
    render(<Page lens={() => <Fold />} />)
    screen.getByRole('button', { name: 'Fold' }).focus()
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open the lens' }))
    await user.keyboard('{Enter}')
    expect(document.activeElement?.className).toBe('lens-docked-panel')
    await user.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Fold' }))
  })

  it('is resized by keyboard, and remembers its size', async () => {
    const user = userEvent.setup()
    render(<Page />)
    const line = screen.getByRole('separator', { name: 'Size of the lens' })
    line.focus()
    await user.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(line.getAttribute('aria-valuenow')).toBe(String(usualDock.width + 32))
    expect(kept()).toMatchObject({ width: usualDock.width + 32 })
    cleanup()
    render(<Page />)
    const panel = document.getElementById(screen.getByRole('separator').getAttribute('aria-controls') ?? '')
    expect(panel?.style.width).toBe(`${usualDock.width + 32}px`)
  })

  it('lies below when it was put there', () => {
    act(() => dock.set({ side: 'bottom' }))
    render(<Page />)
    expect(screen.getByRole('separator').getAttribute('aria-orientation')).toBe('horizontal')
    expect(kept()).toMatchObject({ side: 'bottom' })
  })

  it('is a sheet on a phone, which the page can open', async () => {
    vi.stubGlobal('matchMedia', () => ({
      matches: true,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }))
    const user = userEvent.setup()
    render(
      <DockFrame name="Experiment 2" lens={() => <p>the lens</p>}>
        <Opener />
      </DockFrame>,
    )
    expect(screen.getByRole('button', { name: 'Experiment 2', expanded: false })).toBeTruthy()
    expect(screen.queryByText('the lens')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'a row' }))
    expect(screen.getByText('the lens')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.queryByText('the lens')).toBeNull()
    vi.unstubAllGlobals()
  })

  it('stays folded beside the page when a row is chosen', async () => {
    act(() => dock.set({ open: false }))
    const user = userEvent.setup()
    render(
      <DockFrame lens={() => <p>the lens</p>}>
        <Opener />
      </DockFrame>,
    )
    await user.click(screen.getByRole('button', { name: 'a row' }))
    expect(screen.queryByText('the lens')).toBeNull()
  })

  it.each([[null], ['not json'], ['[]'], ['{"side":"top","open":"yes","width":1e9,"height":null}']])(
    'reads what is not a choice as usual: %s',
    text => {
      expect(parseDock(text)).toEqual(usualDock)
    },
  )

  it('keeps the good half of what was stored', () => {
    expect(parseDock('{"side":"bottom","width":-4}')).toEqual({ ...usualDock, side: 'bottom' })
  })
})

function Lens({ onWhole }: { onWhole: () => void }) {
  const [selected, select] = useState<string | null>(null)
  return (
    <LensDock
      {...{ expectation, selected, onWhole }}
      onSelect={select}
      tab="explain"
      onTab={() => undefined}
    />
  )
}

describe('what is in it', () => {
  async function show() {
    const recorder = await recorderOf(await signedInSteps())
    const onWhole = vi.fn()
    const { container } = render(
      <Around recorder={recorder}>
        <Page lens={() => <Lens onWhole={onWhole} />} />
      </Around>,
    )
    return { user: userEvent.setup(), onWhole, container }
  }
  const list = () => screen.getByRole('list', { name: 'Protocol messages' })

  it('is the messages that happened, in the same list as on the flow page', async () => {
    await show()
    const rows = [...list().querySelectorAll<HTMLElement>('[data-step]')]
    expect(rows[0]?.dataset['step']).toBe('discovery_request')
    expect(rows.at(-1)?.dataset['step']).toBe('refresh_response')
    expect(rows.some(row => row.dataset['status'] === 'upcoming')).toBe(false)
    expect(screen.getByText(`${rows.length} messages`)).toBeTruthy()
    expect(rows.find(row => row.dataset['step'] === 'token_response')?.textContent).toContain('200')
  })

  it('opens a message by keyboard, and the whole flow by its button', async () => {
    const { user, onWhole } = await show()
    const [first] = within(list()).getAllByRole('button', { name: /^1\.1,/ })
    first?.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^1\.2,/)
    expect(screen.getByRole('region', { name: 'Message 1.2' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open the whole flow' }))
    expect(onWhole).toHaveBeenCalledOnce()
  })

  it('goes below the app by its button, and is remembered there', async () => {
    const { user } = await show()
    await user.click(screen.getByRole('button', { name: 'Dock below' }))
    expect(kept()).toMatchObject({ side: 'bottom' })
    expect(screen.getByRole('button', { name: 'Dock below' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('has nothing that axe would find', async () => {
    const { container } = await show()
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})
