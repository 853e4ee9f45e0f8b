import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CopyButton } from './copy-button.tsx'
import { CopyValue } from './copy-value.tsx'

afterEach(cleanup)

describe('CopyButton', () => {
  test('copies the text and says so politely, in a region that was there before', async () => {
    const user = userEvent.setup()
    render(<CopyButton text="http://localhost:5173/callback" label="Copy the address" />)
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    await user.click(screen.getByRole('button', { name: 'Copy the address' }))
    expect(await navigator.clipboard.readText()).toBe('http://localhost:5173/callback')
    expect(screen.getByRole('status')).toBe(region)
    expect(region.textContent).toBe('Copied')
  })

  test('asks for the text only when pressed', async () => {
    const user = userEvent.setup()
    const text = vi.fn(() => 'a report')
    render(
      <CopyButton text={text} label="Copy the report">
        Copy the report
      </CopyButton>,
    )
    expect(text).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Copy the report' }))
    expect(await navigator.clipboard.readText()).toBe('a report')
    expect(screen.getByRole('button', { name: 'Copied' })).toBe(document.activeElement)
  })

  test('says when the browser refuses, and what to do', async () => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    render(<CopyButton text="x" label="Copy it" />)
    await user.click(screen.getByRole('button', { name: 'Copy it' }))
    const status = screen.getByRole('status')
    expect(status.textContent).toBe('Could not copy. Select the text instead.')
    expect(status.className).not.toContain('visually-hidden')
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  test('shows a text that is nowhere on the page, to be selected, where the browser refuses', async () => {
    const user = userEvent.setup()
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no'))
    render(<CopyButton text={() => 'a report'} label="Copy the report" />)
    await user.click(screen.getByRole('button', { name: 'Copy the report' }))
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text to copy' })
    expect(field).toMatchObject({ value: 'a report', readOnly: true, selectionStart: 0, selectionEnd: 8 })
    expect(document.activeElement).toBe(field)
    write.mockRestore()
    await user.click(screen.getByRole('button', { name: 'Copy the report' }))
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  test('a copy line shows exactly what it copies', async () => {
    const user = userEvent.setup()
    render(<CopyValue value="openid <b>profile</b>" label="Copy the scopes" />)
    expect(screen.getByText('openid <b>profile</b>').tagName).toBe('CODE')
    await user.click(screen.getByRole('button', { name: 'Copy the scopes' }))
    expect(await navigator.clipboard.readText()).toBe('openid <b>profile</b>')
  })
})
