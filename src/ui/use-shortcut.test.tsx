import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Dialog } from './dialog.tsx'
import { shortcutsChoice } from './shortcuts.ts'
import { useShortcut } from './use-shortcut.tsx'

afterEach(() => {
  cleanup()
  shortcutsChoice.set('on')
})

function Runner({ run, enabled }: { run: () => void; enabled?: boolean }) {
  useShortcut('r', run, enabled)
  return (
    <>
      <input aria-label="Issuer" />
      <textarea aria-label="Notes" />
      <p contentEditable suppressContentEditableWarning>
        free text
      </p>
      <button type="button">Elsewhere</button>
    </>
  )
}

describe('useShortcut', () => {
  test('runs on the key, in either case, wherever focus is but in a field', async () => {
    const run = vi.fn()
    render(<Runner run={run} />)
    await userEvent.keyboard('r')
    screen.getByRole('button').focus()
    await userEvent.keyboard('R')
    expect(run).toHaveBeenCalledTimes(2)
    for (const name of ['Issuer', 'Notes']) {
      screen.getByLabelText(name).focus()
      await userEvent.keyboard('r')
    }
    fireEvent.keyDown(screen.getByText('free text'), { key: 'r' })
    expect(run).toHaveBeenCalledTimes(2)
  })

  test.each(['Control', 'Meta', 'Alt'])('leaves %s with the key to the browser', async modifier => {
    const run = vi.fn()
    render(<Runner run={run} />)
    await userEvent.keyboard(`{${modifier}>}r{/${modifier}}`)
    expect(run).not.toHaveBeenCalled()
  })

  test('waits while a dialog is in front', async () => {
    const run = vi.fn()
    const { rerender } = render(<Dialog open onOpenChange={() => undefined} title="Sure?" />)
    rerender(
      <>
        <Runner run={run} />
        <Dialog open onOpenChange={() => undefined} title="Sure?" />
      </>,
    )
    await userEvent.keyboard('r')
    expect(run).not.toHaveBeenCalled()
  })

  test('can be off for one place, and turned off everywhere by the person', async () => {
    const run = vi.fn()
    const { rerender } = render(<Runner run={run} enabled={false} />)
    await userEvent.keyboard('r')
    rerender(<Runner run={run} />)
    shortcutsChoice.set('off')
    await userEvent.keyboard('r')
    expect(run).not.toHaveBeenCalled()
    shortcutsChoice.set('on')
    await userEvent.keyboard('r')
    expect(run).toHaveBeenCalledOnce()
  })
})
