import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HeldMessage } from '../oauth/step.ts'
import type { Held } from './debugger.ts'
import { HeldEditor } from './held-editor.tsx'
import { useDraft } from './use-draft.tsx'

const request: HeldMessage = {
  type: 'request',
  purpose: 'token',
  request: {
    method: 'POST',
    url: 'http://localhost:9000/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'code=abc&code_verifier=secret&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback',
  },
}
const callback: HeldMessage = { type: 'callback', url: 'http://localhost:5173/callback?code=abc&state=s1' }

const answer = {
  type: 'response',
  purpose: 'token',
  response: { status: 200, headers: {}, body: '{"scope":"a"}' },
} as const

afterEach(cleanup)

const onSend = vi.fn<(edited: HeldMessage | null, tampered: readonly string[]) => void>()

const holding = (message: HeldMessage): Held => ({ message, kind: 'token_request', flow: 'f', serial: 1 })

/** @param there false: another tab of the inspector is open */
function Editor({ held, there = true }: { held: Held; there?: boolean }) {
  const draft = useDraft(held)
  if (!there) return null
  return (
    <HeldEditor
      held={held}
      draft={draft}
      onSend={() => onSend(draft.edited, draft.tampered)}
      onDrop={() => undefined}
    />
  )
}

const button = (name: string | RegExp) => screen.getByRole('button', { name })

describe('the editor of a held message', () => {
  it('sends a request, which has not left yet', async () => {
    render(<Editor held={holding(request)} />)
    expect(screen.getByText('Held before it goes on')).toBeTruthy()
    expect(button(/^Send as it is/)).toBeTruthy()
    await userEvent.type(screen.getByLabelText('code'), 'x')
    expect(button(/^Send tampered/)).toBeTruthy()
  })

  it.each([callback, answer] as const)('lets an answer in, which has come: $type', async message => {
    render(<Editor held={holding(message)} />)
    expect(screen.getByText('The answer is here')).toBeTruthy()
    expect(screen.queryByText(/Nothing has left|send it/)).toBeNull()
    expect(button(/^Let it in/).textContent).toMatch(/^Let it in(?! changed)/)
    await userEvent.type(screen.getByLabelText(message.type === 'callback' ? 'state' : 'scope'), 'x')
    expect(button(/^Let it in changed/)).toBeTruthy()
  })

  it('says under the field what a changed value was, and goes back with the focus on the field', async () => {
    render(<Editor held={holding(request)} />)
    const field = screen.getByLabelText('code_verifier')
    await userEvent.type(field, 'x')
    expect(screen.getByText('tampered')).toBeTruthy()
    // 2bb8 begins the SHA-256 of "secret".
    expect(await screen.findByText('code_verifier, fingerprint 2bb8')).toBeTruthy()
    await userEvent.click(button(/^Restore ?code_verifier/))
    expect(screen.queryByText('tampered')).toBeNull()
    expect(document.activeElement).toBe(field)
    expect(screen.getByLabelText<HTMLInputElement>('code_verifier').value).toBe('secret')
  })

  it('leaves a parameter out and takes it in again with the same button', async () => {
    render(<Editor held={holding(request)} />)
    await userEvent.click(button(/^Leave out ?redirect_uri/))
    expect(button(/^Leave out ?redirect_uri/).getAttribute('aria-pressed')).toBe('true')
    expect(screen.getByText('http://localhost/callback')).toBeTruthy()
    await userEvent.click(button(/^Send tampered/))
    expect(onSend).toHaveBeenLastCalledWith(
      { ...request, request: { ...request.request, body: 'code=abc&code_verifier=secret' } },
      ['redirect_uri'],
    )
    await userEvent.click(button(/^Leave out ?redirect_uri/))
    expect(document.activeElement).toBe(button(/^Leave out ?redirect_uri/))
    expect(screen.queryByText('tampered')).toBeNull()
  })

  it('keeps the draft while another tab is looked at, and while another page is', async () => {
    const held = holding(request)
    const { rerender, unmount } = render(<Editor held={held} />)
    await userEvent.type(screen.getByLabelText('code'), 'x')
    rerender(<Editor held={held} there={false} />)
    rerender(<Editor held={held} />)
    expect(screen.getByLabelText<HTMLInputElement>('code').value).toBe('abcx')
    unmount()
    render(<Editor held={held} />)
    expect(screen.getByLabelText<HTMLInputElement>('code').value).toBe('abcx')
    cleanup()
    render(<Editor held={holding(request)} />)
    expect(screen.getByLabelText<HTMLInputElement>('code').value).toBe('abc')
  })

  it('takes the whole text too, and sends nothing that is no address', async () => {
    render(<Editor held={holding(callback)} />)
    await userEvent.click(screen.getByRole('radio', { name: 'Raw' }))
    await userEvent.clear(screen.getByLabelText(/^The whole text/))
    expect(button(/^Let it in/).hasAttribute('disabled')).toBe(true)
    expect(screen.getByText(/^This is no address/)).toBeTruthy()
    await userEvent.click(button('Restore all'))
    expect(button(/^Let it in/).hasAttribute('disabled')).toBe(false)
  })

  it('marks a status that is none, keeps the other fields, and lets nothing in', async () => {
    render(<Editor held={holding(answer)} />)
    const status = screen.getByLabelText('status')
    await userEvent.type(screen.getByLabelText('scope'), 'x')
    await userEvent.type(status, '0')
    expect(button(/^Let it in/).hasAttribute('disabled')).toBe(true)
    expect(status.getAttribute('aria-invalid')).toBe('true')
    const said = document.getElementById(status.getAttribute('aria-describedby') ?? '')
    expect(said?.textContent).toBe('A status is a number from 200 to 599.')
    await userEvent.click(screen.getByRole('radio', { name: 'Raw' }))
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^The whole text/).value).toBe('{"scope":"ax"}')
    expect(screen.queryByText(/no address/)).toBeNull()
  })

  it('lets the status be changed beside the whole text', async () => {
    render(<Editor held={holding(answer)} />)
    await userEvent.click(screen.getByRole('radio', { name: 'Raw' }))
    await userEvent.type(screen.getByLabelText(/^The whole text/), ' ')
    await userEvent.click(screen.getByRole('radio', { name: 'Parameters' }))
    expect(screen.getByLabelText('scope').hasAttribute('disabled')).toBe(true)
    const status = screen.getByLabelText('status')
    await userEvent.clear(status)
    await userEvent.type(status, '500')
    await userEvent.click(button(/^Let it in changed/))
    const { response } = answer
    expect(onSend).toHaveBeenLastCalledWith(
      { ...answer, response: { ...response, status: 500, body: `${response.body} ` } },
      ['status', 'raw'],
    )
  })
})
