import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { of } from '../sequence/fixtures.test-data.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { LedgerView } from './ledger-view.tsx'
import { messagesOf } from './story.test-data.ts'

const messages = await messagesOf((await signIn()).steps)

afterEach(cleanup)

const knows = (cell: HTMLElement) => within(cell).queryByRole('button', { name: /^knows it since/ }) !== null
const rowOf = (name: RegExp) => within(screen.getByRole('table')).getByRole('row', { name })

describe('who knows what', () => {
  it('PKCE-07: before the exchange only the app knows the verifier, and the attacker knows the code', () => {
    render(
      <LedgerView messages={messages} upTo={of(messages, 'authorization_response').id} onSelect={vi.fn()} />,
    )
    const verifier = within(rowOf(/^code_verifier/)).getAllByRole('cell')
    expect(verifier.map(knows)).toEqual([false, true, false, false, false])
    const code = within(rowOf(/^code, /)).getAllByRole('cell')
    expect(code.slice(-1).map(knows)).toEqual([true])
  })

  it('after the exchange the code is used up, and the attacker has no token', () => {
    render(<LedgerView messages={messages} upTo={null} onSelect={vi.fn()} />)
    expect(within(rowOf(/^code, /)).getByText(/used up in/)).toBeTruthy()
    const token = within(rowOf(/^access_token/)).getAllByRole('cell')
    expect(token.at(-1)?.textContent).toContain('does not know it')
  })

  it('leads to the message by which a party learnt a value', async () => {
    const onSelect = vi.fn()
    render(<LedgerView messages={messages} upTo={null} onSelect={onSelect} />)
    const [first] = within(rowOf(/^code_verifier/)).getAllByRole('button', { name: /knows it since message/ })
    if (first === undefined) throw new Error('no way there')
    await userEvent.click(first)
    expect(onSelect).toHaveBeenCalledWith(of(messages, 'pkce_created').id)
  })

  it('says so while there is nothing, and axe finds nothing', async () => {
    const { container, rerender } = render(<LedgerView messages={[]} upTo={null} onSelect={vi.fn()} />)
    expect(screen.getByText(/Nobody knows anything yet/)).toBeTruthy()
    rerender(<LedgerView messages={messages} upTo={null} onSelect={vi.fn()} />)
    const found = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    })
    expect(found.violations).toEqual([])
  })
})
