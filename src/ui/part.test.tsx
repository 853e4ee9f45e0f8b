import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { ownCode } from './own-code.tsx'
import { Part } from './part.tsx'

afterEach(cleanup)

const orders = { default: ({ count }: { count: number }) => <p>{count} orders</p> }

let broken = false
function Breakable() {
  if (broken) throw new Error('no such order')
  return <p>3 orders</p>
}

test('a part is waited for, then shown with what it is given; shown again, it is there at once', async () => {
  const code = ownCode(async () => orders)
  const part = <Part code={code} props={{ count: 3 }} name="The list" waiting="Loading" />
  render(part)
  expect(screen.getByText('Loading')).toBeDefined()
  expect(await screen.findByText('3 orders')).toBeDefined()
  cleanup()
  render(part)
  expect(screen.getByText('3 orders')).toBeDefined()
})

test('a part whose code does not come leaves the page around it alone, and can be tried again', async () => {
  const importModule = vi.fn<() => Promise<typeof orders>>()
  importModule.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue(orders)
  render(
    <>
      <h1>Your profile</h1>
      <Part code={ownCode(importModule)} props={{ count: 3 }} name="The list" />
    </>,
  )
  const alert = await screen.findByRole('alert')
  expect(alert.dataset['errorCode']).toBe('page_not_loaded')
  expect(alert.textContent).toContain('The list could not be loaded')
  expect(screen.getByRole('heading', { name: 'Your profile' })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('3 orders')).toBeDefined()
})

test('a part that throws while it is drawn leaves the page around it alone, and can be tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  broken = true
  render(
    <>
      <h1>Your profile</h1>
      <Part code={ownCode(async () => ({ default: Breakable }))} props={{}} name="The list" />
    </>,
  )
  const alert = await screen.findByRole('alert')
  expect(alert.dataset['errorCode']).toBe('unexpected')
  expect(alert.textContent).toContain('The list stopped working')
  expect(screen.getByRole('heading', { name: 'Your profile' })).toBeDefined()
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('3 orders')).toBeDefined()
})
