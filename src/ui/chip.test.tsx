import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Chip, chipName } from './chip.tsx'
import { VALUE_KINDS } from './value-kind.ts'

afterEach(cleanup)

describe('Chip', () => {
  test('an interactive chip is a button named after its value and fingerprint', async () => {
    const onPress = vi.fn()
    render(<Chip v="state" fingerprint="4039" pressed={false} onPress={onPress} />)
    const chip = screen.getByRole('button', { name: 'state, fingerprint 4039', pressed: false })
    await userEvent.click(chip)
    chip.focus()
    await userEvent.keyboard('{Enter}')
    expect(onPress).toHaveBeenCalledTimes(2)
  })

  test('a chip that does nothing is no button, and says the same name once', () => {
    render(<Chip v="verifier" label="code_verifier" fingerprint="13d3" mark="tampered" tampered />)
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByText('code_verifier, fingerprint 13d3, tampered')).toBeTruthy()
    expect(screen.getByText('13d3').closest('[aria-hidden="true"]')).not.toBeNull()
  })

  test.each(['short', 'unnamed', 'bare'] as const)(
    'a %s chip keeps its whole name for a screen reader',
    form => {
      render(<Chip v="code" fingerprint="afc3" onPress={() => undefined} {...{ [form]: true }} />)
      expect(screen.getByRole('button', { name: 'code, fingerprint afc3' })).toBeTruthy()
    },
  )

  test('a ghost has no fingerprint yet', () => {
    const { container } = render(<Chip v="access" label="access_token" fingerprint="f922" ghost />)
    expect(screen.getByText('access_token, not made yet')).toBeTruthy()
    expect(container.querySelector('[data-fp]')).toBeNull()
    expect(screen.queryByText('f922')).toBeNull()
  })

  test('pointing tells when the pointer comes and goes', async () => {
    const onPoint = vi.fn()
    render(<Chip v="nonce" fingerprint="f751" onPoint={onPoint} />)
    await userEvent.hover(screen.getByRole('button'))
    expect(onPoint).toHaveBeenLastCalledWith(true)
    await userEvent.unhover(screen.getByRole('button'))
    expect(onPoint).toHaveBeenLastCalledWith(false)
  })

  test('a press stays with the chip, so that what opens around it is not opened too', async () => {
    const onToggle = vi.fn()
    const { container } = render(
      <details>
        <summary>
          <Chip v="id" fingerprint="5869" onPress={onToggle} />
        </summary>
      </details>,
    )
    await userEvent.click(screen.getByRole('button'))
    expect(onToggle).toHaveBeenCalledOnce()
    expect(container.querySelector('details')?.open).toBe(false)
  })

  test('every kind has a name of its own', () => {
    const names = VALUE_KINDS.map(kind => chipName({ label: kind, fingerprint: '1' }))
    expect(new Set(names).size).toBe(8)
  })
})
