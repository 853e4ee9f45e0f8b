import { act, cleanup, render, screen } from '@testing-library/react'
import { useEffect, useRef } from 'react'
import { BrowserRouter } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { type Look, useLook } from './use-look.tsx'

afterEach(() => {
  cleanup()
  history.replaceState(null, '', '/')
})

/** Chooses by itself what asks for attention, once, as the lens does. */
function Lens({ look, urgent }: { look: Look; urgent: string }) {
  const { onSelect } = look
  const noticed = useRef<string | null>(null)
  useEffect(() => {
    if (noticed.current === urgent) return
    noticed.current = urgent
    onSelect(urgent)
  }, [urgent, onSelect])
  return <output>{look.selected}</output>
}

function Page({ inAddress, urgent }: { inAddress: boolean; urgent: string }) {
  return <Lens look={useLook(inAddress)} urgent={urgent} />
}

const page = (inAddress: boolean, urgent: string) => (
  <BrowserRouter>
    <Page inAddress={inAddress} urgent={urgent} />
  </BrowserRouter>
)

test('what was chosen at a held callback is chosen still when the address is decided', () => {
  const { rerender } = render(page(false, 'held'))
  act(() => rerender(page(true, 'held')))
  expect(screen.getByRole('status').textContent).toBe('held')
  expect(location.search).toBe('?message=held')
})

test('a message that asks for attention at that very moment comes before it', () => {
  const { rerender } = render(page(false, 'held'))
  act(() => rerender(page(true, 'refused')))
  expect(screen.getByRole('status').textContent).toBe('refused')
  expect(location.search).toBe('?message=refused')
})
