import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { carriedText } from '../sequence/carried.ts'
import { ThreadProvider } from './thread-context.tsx'
import { ValueChip } from './value-chip.tsx'

afterEach(cleanup)

const state = carriedText('state', 'x', 'abcd000000000000')

function Page({ isThere = true }: { isThere?: boolean }) {
  return <ThreadProvider>{isThere && <ValueChip carried={state} />}</ThreadProvider>
}

const lit = () => document.documentElement.dataset['thread']

describe('a value that is lit', () => {
  it('goes dark with the chip that is pointed at, which nobody can leave any more', async () => {
    const user = userEvent.setup()
    const { rerender } = render(<Page />)
    await user.hover(screen.getByRole('button'))
    expect(lit()).toBe('abcd')
    rerender(<Page isThere={false} />)
    expect(lit()).toBeUndefined()
  })

  it('stays pinned when its chip goes, until Escape', async () => {
    const user = userEvent.setup()
    const { rerender } = render(<Page />)
    await user.click(screen.getByRole('button'))
    rerender(<Page isThere={false} />)
    expect(lit()).toBe('abcd')
    await user.keyboard('{Escape}')
    expect(lit()).toBeUndefined()
  })

  it('goes dark by Escape while it is pointed at', async () => {
    const user = userEvent.setup()
    render(<Page />)
    await user.hover(screen.getByRole('button'))
    await user.keyboard('{Escape}')
    expect(lit()).toBeUndefined()
  })
})
