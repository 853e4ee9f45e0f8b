import { act, cleanup, render, screen } from '@testing-library/react'
import { Component, type ReactNode, Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownCode } from '../ui/own-code.tsx'
import { pageCode, RoutePage } from './route-page.tsx'

beforeEach(() => history.replaceState(null, '', '/'))
afterEach(cleanup)

interface Module {
  readonly default: () => ReactNode
}
const page: Module = { default: () => <h1>Orders</h1> }

class Boundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null }
  static getDerivedStateFromError = (error: Error) => ({ message: error.message })
  override render = () => this.state.message ?? this.props.children
}

function show(importModule: () => Promise<Module>) {
  const code = pageCode(ownCode(importModule))
  const draw = () =>
    render(
      <Boundary>
        <Suspense fallback="The page before">
          <RoutePage code={code} />
        </Suspense>
      </Boundary>,
    )
  return { code, draw }
}

test('the page that the address bar asked for is not suspended, and is drawn as soon as its code is here', async () => {
  let resolve = (_: Module) => {}
  const promise = new Promise<Module>(done => {
    resolve = done
  })
  const { draw } = show(() => promise)
  draw()
  expect(screen.getByRole('progressbar', { name: 'Loading the page' })).toBeDefined()
  // No time passes: React would hold back for 300 ms what had suspended.
  await act(async () => resolve(page))
  expect(screen.getByRole('heading', { name: 'Orders' })).toBeDefined()
})

test('another page waits behind the one before', async () => {
  let resolve = (_: Module) => {}
  const promise = new Promise<Module>(done => {
    resolve = done
  })
  history.replaceState(null, '', '/orders')
  const { draw } = show(() => promise)
  draw()
  expect(screen.getByText('The page before')).toBeDefined()
  resolve(page)
  expect(await screen.findByRole('heading', { name: 'Orders' })).toBeDefined()
})

test('a page whose code is here is drawn in the first render, and its code is loaded once', async () => {
  const importModule = vi.fn(async () => page)
  const { code, draw } = show(importModule)
  await Promise.all([code.preload(), code.preload()])
  draw()
  expect(screen.getByRole('heading', { name: 'Orders' })).toBeDefined()
  expect(importModule).toHaveBeenCalledTimes(1)
})

test.each([
  ['asked for by the address bar', '/'],
  ['come to from another page', '/orders'],
])(
  'what keeps the code of a page away reaches the boundary, and the next visit is another try: %s',
  async (_, path) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    history.replaceState(null, '', path)
    let away = true
    const { draw } = show(async () => {
      if (away) throw new TypeError('Failed to fetch')
      return page
    })
    draw()
    expect(await screen.findByText('Failed to fetch')).toBeDefined()
    cleanup()
    away = false
    draw()
    expect(await screen.findByRole('heading', { name: 'Orders' })).toBeDefined()
  },
)
