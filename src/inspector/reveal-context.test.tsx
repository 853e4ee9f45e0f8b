import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { RevealProvider } from './reveal-context.tsx'
import { Secret } from './secret.tsx'
import { ShowSecrets } from './show-secrets.tsx'

afterEach(cleanup)

function TwoParts() {
  return (
    <>
      <RevealProvider>
        <ShowSecrets />
        <Secret name="one" id="a" text="first secret" />
      </RevealProvider>
      <RevealProvider>
        <Secret name="two" id="b" text="second secret" />
      </RevealProvider>
    </>
  )
}

const shown = () => ['first secret', 'second secret'].map(text => screen.queryByText(text) !== null)

describe('secrets in two parts of one page', () => {
  it('V shows and hides them all', async () => {
    const user = userEvent.setup()
    render(<TwoParts />)
    expect(shown()).toEqual([false, false])
    await user.keyboard('v')
    expect(shown()).toEqual([true, true])
    expect(screen.getByRole('button', { name: 'Show secrets' }).getAttribute('aria-pressed')).toBe('true')
    await user.keyboard('v')
    expect(shown()).toEqual([false, false])
  })

  it('the button does the same, and one can be hidden alone', async () => {
    const user = userEvent.setup()
    render(<TwoParts />)
    await user.click(screen.getByRole('button', { name: 'Show secrets' }))
    await user.click(screen.getByRole('button', { name: 'Hide two' }))
    expect(shown()).toEqual([true, false])
  })

  it('leaving the page hides them again', async () => {
    const user = userEvent.setup()
    const { unmount } = render(<TwoParts />)
    await user.keyboard('v')
    unmount()
    render(<TwoParts />)
    expect(shown()).toEqual([false, false])
  })
})
